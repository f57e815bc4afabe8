import type { Answer, Client } from './client.ts';
import type { Http, HttpOptions } from './http.ts';
import type { Source } from './providers.ts';
import type { Redactor } from './redact.ts';

/**
 * `createHttp`, loaded with the first question: an HTTP client is half of the program, and the first screen needs none
 * of it.
 */
export function lazyHttp(options: HttpOptions): Http {
  let loading: Promise<Http> | undefined;
  const load = () => (loading ??= import('./http.ts').then(({ createHttp }) => createHttp(options)));
  return {
    ask: async (source, question, signal, timeLimit) => (await load()).ask(source, question, signal, timeLimit),
    reset() {
      void loading?.then(http => http.reset()).catch(() => undefined);
    },
    async close() {
      await loading?.then(http => http.close()).catch(() => undefined);
    },
  };
}

/** `createClient`, loaded with the first question: the schemas of both dialects come with it. */
export function lazyClient(source: Source, http: Http, redactor: Redactor): Client {
  let loading: Promise<Client> | undefined;
  const load = () =>
    (loading ??= import('./client.ts').then(({ createClient }) => createClient(source, http, redactor)));
  const list: NonNullable<Client['list']> = async (query, signal, timeLimit) => {
    const client = await load();
    if (client.list === undefined) throw new TypeError(`${source.name} cannot list tasks`);
    return client.list(query, signal, timeLimit);
  };
  return {
    source,
    ...(source.dialect === 'tasks' ? { list } : {}),
    batch: async (ids, signal, timeLimit): Promise<Answer> => (await load()).batch(ids, signal, timeLimit),
    single: async (id, signal, timeLimit): Promise<Answer> => (await load()).single(id, signal, timeLimit),
  };
}
