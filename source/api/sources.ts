import {
  isServiceName,
  mainServices,
  providerNames,
  providers,
  serviceAdvice,
  sourceName,
  type ProviderInfo,
  type ProviderName,
  type ServiceName,
  type Source,
} from './providers.ts';
import { redactor, type Redactor } from './redact.ts';
import { UsageError } from '../errors.ts';
import { idShape, type GivenId } from '../task/ids.ts';
import type { SourceName } from '../task/task.ts';

export type SourcesOptions = {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What the config file says, by provider. The environment goes first. */
  readonly configured?:
    | Readonly<Partial<Record<ProviderName, { baseUrl?: string | undefined; token?: string | undefined } | undefined>>>
    | undefined;
  /** For bare ids that fit several. */
  readonly provider?: ProviderName | undefined;
  readonly service?: ServiceName | undefined;
};

/** Which source a bare or qualified id belongs to, and what is needed to ask it. */
export class Sources {
  readonly #options: SourcesOptions;
  /** Takes every token that is known out of a text. */
  readonly redactor: Redactor;

  constructor(options: SourcesOptions) {
    this.#options = options;
    this.redactor = redactor(this.tokens);
  }

  /** Every secret known, for the places that must never repeat one. */
  get tokens(): readonly string[] {
    return providers.flatMap(info => {
      const { token } = this.#options.configured?.[info.name] ?? {};
      // One that the environment overrides is a secret all the same.
      return [filled(this.#options.env[info.tokenVariable]) ?? [], filled(token) ?? []].flat();
    });
  }

  /** The source for an id. Throws UsageError: no provider takes it, or its provider has no token or no base URL. */
  resolve(given: GivenId): Source {
    return this.#source(this.#providerFor(given), this.#serviceFor(given));
  }

  /** A source by its name, as a saved list has it. Throws UsageError. */
  byName(name: SourceName): Source {
    const [provider = '', service = mainServices[0], ...rest] = name.split('/');
    const info = providers.find(candidate => candidate.name === provider);
    if (info === undefined || !isServiceName(service) || rest.length > 0)
      throw new UsageError(`there is no source named ${name}`);
    return this.#source(info, service);
  }

  #providerFor({ id, provider }: GivenId): ProviderInfo {
    const named = provider ?? null;
    if (named !== null) {
      const info = providers.find(({ name }) => name === named);
      if (info === undefined) throw new UsageError(`${named}:${id}: the providers are ${providerNames.join(', ')}`);
      return info;
    }
    const shape = idShape(id);
    const dialect = { task: 'fetch', uuid: 'tasks', other: null }[shape];
    const preferred = providers.find(({ name }) => name === this.#options.provider);
    // new-api relays of the first generation hand out their upstream's UUIDs: whoever names such a provider means it.
    if (preferred !== undefined && (preferred.dialect === dialect || shape === 'uuid')) return preferred;
    const candidates = providers.filter(info => info.dialect === dialect);
    const [first] = candidates;
    if (first === undefined) throw new UsageError(`no provider takes "${id}": write provider:ID, as in ccapi:${id}`);
    return candidates.find(info => this.#tokenOf(info) !== null) ?? first;
  }

  #serviceFor({ id, service }: GivenId): ServiceName {
    if (service === null) return this.#options.service ?? mainServices[0];
    if (!isServiceName(service)) throw new UsageError(`${service}/${id}: ${serviceAdvice}`);
    return service;
  }

  #source(info: ProviderInfo, service: ServiceName): Source {
    const name = sourceName(info.name, service);
    // It would become part of an address, and of a saved list.
    if (this.redactor.holds(service)) throw new UsageError('what holds a token is not taken for a service');
    const token = this.#tokenOf(info);
    if (token === null) {
      throw new UsageError(
        `${info.name} has no token: set ${info.tokenVariable}, or providers.${info.name}.token in the config file`,
      );
    }
    if (!/^[\x21-\x7e]+$/.test(token)) {
      throw new UsageError(`the token in ${info.tokenVariable} holds a space or another character that no token has`);
    }
    const baseUrl = this.#baseUrlOf(info);
    const { dialect, tokenVariable } = info;
    return { name, provider: info.name, service, dialect, baseUrl, token, tokenVariable };
  }

  /** A line per provider: where it is asked, and where its token comes from; never the token. */
  describe(): readonly string[] {
    return providers.map(info => {
      const place = filled(this.#options.env[info.tokenVariable]) === null ? 'the config file' : info.tokenVariable;
      const token = this.#tokenOf(info) === null ? `no token: set ${info.tokenVariable}` : `token from ${place}`;
      return `${info.name}: ${this.redactor.text(this.#addressOf(info))} (${token})`;
    });
  }

  #addressOf(info: ProviderInfo): string {
    try {
      return this.#baseUrlOf(info);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      return error.message;
    }
  }

  #tokenOf(info: ProviderInfo): string | null {
    return filled(this.#options.env[info.tokenVariable]) ?? filled(this.#options.configured?.[info.name]?.token);
  }

  #baseUrlOf(info: ProviderInfo): string {
    const fromEnv = filled(this.#options.env[info.baseUrlVariable]);
    const text = fromEnv ?? filled(this.#options.configured?.[info.name]?.baseUrl) ?? info.defaultBaseUrl;
    if (text === null) {
      throw new UsageError(
        `${info.name} has no address of its own: set ${info.baseUrlVariable}, or providers.${info.name}.baseUrl in the config file, to the relay's base URL`,
      );
    }
    const place = fromEnv === null ? `providers.${info.name}.baseUrl in the config file` : info.baseUrlVariable;
    const url = URL.parse(text);
    if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
      // A key may have been put where the address belongs.
      throw new UsageError(`${place} is not an http or https address such as https://api.example.com`);
    }
    if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
      throw new UsageError(`${place} must be a plain address, without a user, a query or a fragment`);
    }
    // CCAPI's page prints two slashes between base and path; new-api's router finds no route for that.
    return url.origin + url.pathname.replace(/\/+$/, '').replace(/\/{2,}/g, '/');
  }
}

/** A text with something in it, without the spaces around it. */
function filled(text: string | undefined): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}
