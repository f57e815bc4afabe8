import type { SourceName } from '../task/task.ts';

/** The two request and reply formats: new-api's `fetch` and Ace Data Cloud's `tasks`. */
export type Dialect = 'fetch' | 'tasks';

type Row = {
  readonly name: string;
  readonly dialect: Dialect;
  /** null: there is no default, the person must name one. */
  readonly defaultBaseUrl: string | null;
  readonly tokenVariable: string;
  readonly baseUrlVariable: string;
};

const rows = [
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
] as const satisfies readonly Row[];

export type ProviderName = (typeof rows)[number]['name'];
export type ProviderInfo = Row & { readonly name: ProviderName };

/** The vendors, in the order a bare id is offered to them. */
export const providers: readonly ProviderInfo[] = rows;
export const providerNames: readonly ProviderName[] = providers.map(({ name }) => name);

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
  readonly provider: ProviderName;
  readonly service: ServiceName;
  readonly dialect: Dialect;
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly token: string;
  /** What the person has to set, for messages about a refused token. */
  readonly tokenVariable: string;
};

export const sourceName = (provider: ProviderName, service: ServiceName): SourceName => `${provider}/${service}`;

/** Whether there is a source of that name, spelled in full. */
export const isSourceName = (name: string): boolean => {
  const [provider, service = '', ...rest] = name.split('/');
  return rest.length === 0 && isServiceName(service) && providers.some(each => each.name === provider);
};
