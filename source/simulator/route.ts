import { isObject, parseJson } from './reply.ts';
import { isMediaFault, type MediaFault } from './media-faults.ts';
import type { Dialect, Service } from './scenario.ts';

type Common = {
  readonly target: 'batch' | 'single' | 'list' | 'media' | null;
  readonly dialect: Dialect | null;
  /** The ids that the request names, as far as it can be read. */
  readonly ids: readonly string[];
};

/** What a request is for. */
export type Route = Common &
  (
    | { readonly kind: 'fetch'; readonly service: Service; readonly id: string | null }
    | { readonly kind: 'tasks'; readonly service: Service }
    | { readonly kind: 'media'; readonly file: string; readonly fault: MediaFault | null }
    | { readonly kind: 'nothing'; readonly invalid: string | null }
  );

/** The route of a request. Paths have to match exactly: like the real APIs, it has no route for a doubled slash. */
export function routeOf(method: string, url: string, body: string): Route {
  const path = url.split('?', 1)[0] ?? '';
  const nothing = (dialect: Dialect | null, invalid: string | null = null): Route => {
    return { kind: 'nothing', target: null, dialect, ids: [], invalid };
  };

  const [, fault = '', name] = /^\/media\/(?:([a-z-]+)\/)?([^/]+)$/.exec(path) ?? [];
  if (name !== undefined && (fault === '' || isMediaFault(fault)) && (method === 'GET' || method === 'HEAD')) {
    const file = decoded(name);
    const ids = [file.replace(/\.\w+$/, '')];
    return { kind: 'media', target: 'media', dialect: null, ids, file, fault: fault === '' ? null : fault };
  }

  const [, service, id] = /^\/ccapi\/(producer|suno)\/fetch(?:\/([^/]+))?$/.exec(path) ?? [];
  if (service !== undefined && id !== undefined && method === 'GET') {
    const single = decoded(id);
    return { kind: 'fetch', target: 'single', dialect: 'fetch', ids: [single], service, id: single };
  }
  if (service !== undefined && id === undefined && method === 'POST') {
    return { kind: 'fetch', target: 'batch', dialect: 'fetch', ids: idsIn(body), service, id: null };
  }

  const [, tasksService] = /^\/xhuo\/v1\/(producer|suno|luma|kling|flux|midjourney)\/tasks$/.exec(path) ?? [];
  if (tasksService !== undefined && method === 'POST') {
    const value = parseJson(body);
    const batch = isObject(value) && value.action === 'retrieve_batch';
    const target = !batch ? 'single' : value.ids === undefined ? 'list' : 'batch';
    return { kind: 'tasks', target, dialect: 'tasks', ids: idsIn(body), service: tasksService };
  }

  if (path.startsWith('/xhuo/')) return nothing('tasks');
  const known = /^\/ccapi(\/(?:v1|api|assets)(?:\/.*)?)$/.exec(path);
  return nothing(path.startsWith('/ccapi') ? 'fetch' : null, known ? `${method} ${known[1] ?? ''}` : null);
}

function idsIn(body: string): readonly string[] {
  const value = parseJson(body);
  if (!isObject(value)) return [];
  const ids: unknown = value.ids ?? value.id;
  return [ids].flat().filter(id => typeof id === 'string');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
