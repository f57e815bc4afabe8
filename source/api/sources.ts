import {
  isServiceName,
  mainServices,
  providersWith,
  serviceAdvice,
  sourceName,
  type ProviderInfo,
  type ProviderSettings,
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
  readonly configured?: Readonly<Record<string, ProviderSettings | undefined>> | undefined;
  /** The config file, where it was named on the command line. */
  readonly configPath?: string | undefined;
  /** What the token commands of the config file have printed, by provider. */
  readonly commandTokens?: ReadonlyMap<string, string>;
  /** For bare ids that fit several. */
  readonly provider?: string | undefined;
  readonly service?: ServiceName | undefined;
};

/** Which source a bare or qualified id belongs to, and what is needed to ask it. */
export class Sources {
  readonly #options: SourcesOptions;
  readonly #providers: readonly ProviderInfo[];
  /** Takes every token that is known out of a text. */
  readonly redactor: Redactor;

  /** Throws UsageError when the provider for bare ids is none. */
  constructor(options: SourcesOptions) {
    this.#options = options;
    this.#providers = providersWith(options.configured ?? {});
    this.redactor = redactor(this.tokens);
    const { provider } = options;
    if (provider !== undefined && !this.providerNames.includes(provider)) {
      throw new UsageError(`--provider ${provider}: it is one of ${this.providerNames.join(', ')}`);
    }
  }

  /** The names that may stand before the colon of an id. */
  get providerNames(): readonly string[] {
    return this.#providers.map(({ name }) => name);
  }

  /** Whether there is a source of that name, spelled in full. */
  has(name: SourceName): boolean {
    const [provider = '', service = '', ...rest] = name.split('/');
    return rest.length === 0 && isServiceName(service) && this.providerNames.includes(provider);
  }

  /** The environment variables that hold tokens, for what must not be inherited by other programs. */
  get tokenVariables(): readonly string[] {
    return this.#providers.flatMap(({ name, tokenVariable }) =>
      [tokenVariable ?? [], this.#settingsOf(name).tokenEnv ?? []].flat(),
    );
  }

  /** Every secret known, for the places that must never repeat one. */
  get tokens(): readonly string[] {
    // One that goes before another is a secret all the same.
    return this.#providers.flatMap(info => this.#tokensOf(info).map(({ token }) => token));
  }

  /** Whether there is a token for a provider. */
  hasToken(provider: string): boolean {
    return this.#providers.some(info => info.name === provider && this.#tokensOf(info).length > 0);
  }

  /** The providers whose accounts can be asked: the one that `--provider` names, else all that have a token. */
  get usable(): readonly ProviderInfo[] {
    const { provider } = this.#options;
    return this.#providers.filter(info =>
      provider === undefined ? this.#tokensOf(info).length > 0 : info.name === provider,
    );
  }

  /** The source for an id. Throws UsageError: no provider takes it, or its provider has no token or no base URL. */
  resolve(given: GivenId): Source {
    return this.#source(this.#providerFor(given), this.#serviceFor(given));
  }

  /** A source by its name, as a saved list has it. Throws UsageError. */
  byName(name: SourceName): Source {
    const [provider = '', service = mainServices[0], ...rest] = name.split('/');
    const info = this.#providers.find(candidate => candidate.name === provider);
    if (info === undefined || !isServiceName(service) || rest.length > 0)
      throw new UsageError(`there is no source named ${name}`);
    return this.#source(info, service);
  }

  #providerFor({ id, provider }: GivenId): ProviderInfo {
    const named = provider ?? null;
    if (named !== null) {
      const info = this.#providers.find(({ name }) => name === named);
      if (info === undefined) throw new UsageError(this.#noProvider(named));
      return info;
    }
    const shape = idShape(id);
    const dialect = { task: 'fetch', uuid: 'tasks', other: null }[shape];
    const preferred = this.#providers.find(({ name }) => name === this.#options.provider);
    // new-api relays of the first generation hand out their upstream's UUIDs: whoever names such a provider means it.
    if (preferred !== undefined && (preferred.dialect === dialect || shape === 'uuid')) return preferred;
    const candidates = this.#providers.filter(info => info.dialect === dialect);
    const [first] = candidates;
    if (first === undefined) throw new UsageError(`no provider takes "${id}": write provider:ID, as in ccapi:${id}`);
    return candidates.find(info => this.#tokensOf(info).length > 0) ?? first;
  }

  /** What to say of a name before a colon that is no provider. */
  #noProvider(name: string): string {
    const known = this.providerNames.join(', ');
    const isService = (mainServices as readonly string[]).includes(name);
    const advice = isService ? `: a service stands behind its provider, as in xhuo/${name}:ID` : `: they are ${known}`;
    return `there is no provider named ${name}${advice}`;
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
    const [first] = this.#tokensOf(info);
    if (first === undefined) throw new UsageError(`${info.name} has no token: ${this.#remedyFor(info)}`);
    const { token, place } = first;
    if (!/^[\x21-\x7e]+$/.test(token)) {
      throw new UsageError(`the token in ${place} holds a space or another character that no token has`);
    }
    const baseUrl = this.#baseUrlOf(info);
    return { name, provider: info.name, service, dialect: info.dialect, baseUrl, token, tokenPlace: place };
  }

  /** A line per provider: where it is asked, and where its token comes from; never the token. */
  describe(): readonly string[] {
    return this.#providers.map(info => {
      const [first] = this.#tokensOf(info);
      const isAsked = first === undefined && this.#settingsOf(info.name).tokenCommand !== undefined;
      const place = first?.place ?? (isAsked ? inFile(info, 'tokenCommand') : undefined);
      const token = place === undefined ? `no token: ${this.#remedyFor(info)}` : `token from ${place}`;
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

  #settingsOf(name: string): ProviderSettings {
    return this.#options.configured?.[name] ?? {};
  }

  /** Every token of a provider and where it stands, the one that is used first. */
  #tokensOf(info: ProviderInfo): readonly { readonly token: string; readonly place: string }[] {
    const { env, commandTokens } = this.#options;
    const { token, tokenEnv } = this.#settingsOf(info.name);
    const ways = [
      [info.tokenVariable === null ? undefined : env[info.tokenVariable], info.tokenVariable ?? ''],
      [tokenEnv === undefined ? undefined : env[tokenEnv], tokenEnv ?? ''],
      [token, inFile(info, 'token')],
      [commandTokens?.get(info.name), inFile(info, 'tokenCommand')],
    ] as const;
    return ways.flatMap(([text, place]) => {
      const found = filled(text);
      return found === null ? [] : [{ token: found, place }];
    });
  }

  /** What to do for a provider without a token. */
  #remedyFor(info: ProviderInfo): string {
    const variable = this.#settingsOf(info.name).tokenEnv ?? info.tokenVariable;
    if (variable === null) return `set token, tokenEnv or tokenCommand of providers.${info.name} in the config file`;
    const { configPath } = this.#options;
    const file = configPath === undefined ? '' : ` (${configPath}, which is read instead of your own)`;
    return `set ${variable}, or ${inFile(info, 'token')}${file}`;
  }

  #baseUrlOf(info: ProviderInfo): string {
    const fromEnv = filled(info.baseUrlVariable === null ? undefined : this.#options.env[info.baseUrlVariable]);
    const text = fromEnv ?? filled(this.#settingsOf(info.name).baseUrl) ?? info.defaultBaseUrl;
    if (text === null) {
      const places = [info.baseUrlVariable ?? [], inFile(info, 'baseUrl')].flat().join(', or ');
      throw new UsageError(`${info.name} has no address of its own: set ${places}, to the relay's base URL`);
    }
    const place = fromEnv === null ? inFile(info, 'baseUrl') : (info.baseUrlVariable ?? '');
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

/** `providers.relay.token in the config file`. */
const inFile = ({ name }: ProviderInfo, key: keyof ProviderSettings): string =>
  `providers.${name}.${key} in the config file`;

/** A text with something in it, without the spaces around it. */
function filled(text: string | undefined): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}
