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

/** What a provider can be asked to make; the first is meant where none is named. */
export const services = ['producer', 'suno'] as const;
export type ServiceName = (typeof services)[number];

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
export const isSourceName = (name: string): boolean =>
  providers.some(({ name: provider }) => services.some(service => sourceName(provider, service) === name));
