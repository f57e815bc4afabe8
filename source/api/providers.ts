import type { SourceName } from '../task/task.ts';

/** The two request and reply formats: new-api's `fetch` and Ace Data Cloud's `tasks`. */
export type Dialect = 'fetch' | 'tasks';

/** A vendor, one of ours or one that the config file adds. */
export type ProviderInfo = {
  readonly name: string;
  readonly dialect: Dialect;
  /** null: there is no default, the person must name one. */
  readonly defaultBaseUrl: string | null;
  /** The environment variables that go before the config file; null: the provider stands in the config file alone. */
  readonly tokenVariable: string | null;
  readonly baseUrlVariable: string | null;
};

type BuiltInProvider = ProviderInfo & { readonly tokenVariable: string; readonly baseUrlVariable: string };

/** The built-in vendors, in the order a bare id is offered to them. */
export const providers: readonly BuiltInProvider[] = [
  {
    name: 'ccapi',
    dialect: 'fetch',
    defaultBaseUrl: 'https://api.ccapi.ai',
    tokenVariable: 'CCAPI_API_KEY',
    baseUrlVariable: 'CCAPI_BASE_URL',
  },
  {
    name: 'newapi',
    dialect: 'fetch',
    defaultBaseUrl: null,
    tokenVariable: 'NEWAPI_API_KEY',
    baseUrlVariable: 'NEWAPI_BASE_URL',
  },
  {
    name: 'xhuo',
    dialect: 'tasks',
    defaultBaseUrl: 'https://api.xhuoapi.ai/v1',
    tokenVariable: 'XHUOAPI_API_KEY',
    baseUrlVariable: 'XHUOAPI_BASE_URL',
  },
  {
    name: 'acedata',
    dialect: 'tasks',
    defaultBaseUrl: 'https://api.acedata.cloud',
    tokenVariable: 'ACEDATACLOUD_API_TOKEN',
    baseUrlVariable: 'ACEDATACLOUD_API_BASE_URL',
  },
];

export const providerNames: readonly string[] = providers.map(({ name }) => name);

/** What the config file says of a provider. Only one that is not built in has a dialect there. */
export type ProviderSettings = {
  readonly dialect?: Dialect | undefined;
  readonly baseUrl?: string | undefined;
  /** At most one of these three. */
  readonly token?: string | undefined;
  readonly tokenEnv?: string | undefined;
  readonly tokenCommand?: string | readonly string[] | undefined;
};

/** The built-in providers, then those that the config file adds. */
export const providersWith = (
  configured: Readonly<Record<string, ProviderSettings | undefined>>,
): readonly ProviderInfo[] => [
  ...providers,
  ...Object.entries(configured).flatMap(([name, settings]): readonly ProviderInfo[] =>
    settings?.dialect === undefined || providerNames.includes(name)
      ? []
      : [{ name, dialect: settings.dialect, defaultBaseUrl: null, tokenVariable: null, baseUrlVariable: null }],
  ),
];

/** The services that cliptop knows best; the first is meant where none is named. */
export const mainServices = ['producer', 'suno'] as const;

/**
 * What a provider can be asked to make: the part of the path before `/tasks` or `/fetch`. Ace Data Cloud has some thirty
 * services whose records have one envelope, `luma`, `kling`, `flux`, `midjourney` among them.
 */
export type ServiceName = string;

/** Whether a name can be that of a service: small letters, digits and dashes, 40 at most, a letter first. */
export const isServiceName = (name: string): boolean => /^[a-z][a-z0-9-]{0,39}$/.test(name);

/** What to do about a name that cannot be one, for the person. */
export const serviceAdvice = `a service is one word of its address, such as ${mainServices.join(', ')}, luma or flux`;

/** A provider with one of its services, a place to ask and a key to ask with. */
export type Source = {
  readonly name: SourceName;
  readonly provider: string;
  readonly service: ServiceName;
  readonly dialect: Dialect;
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly token: string;
  /** Where the token comes from, for messages about a refused one: a variable, or a place in the config file. */
  readonly tokenPlace: string;
};

export const sourceName = (provider: string, service: ServiceName): SourceName => `${provider}/${service}`;
