import { ApiError } from '../api/errors.ts';

/**
 * Whether a failed batch may be the fault of one of its ids. `ids`: the vendor rejects the request, or cannot write the
 * reply. `perhaps`: it breaks while working on it, which is a hint when it does so twice in a row.
 */
export function suspicionOf({ kind, status, code }: Pick<ApiError, 'kind' | 'status' | 'code'>): Suspicion {
  if (kind === 'request' || code === 'lost') return 'ids';
  // An error in a reply with status 200 is an error of the program behind the web server, like a 500.
  return kind === 'server' && (status === 500 || status === 200) ? 'perhaps' : 'none';
}

export type Suspicion = 'ids' | 'perhaps' | 'none';

/** A reply without rows, although there were some before. */
export const nothingKnown = (): ApiError => new ApiError('server', 'the API answers with nothing about tasks it knew');

/** The reply of new-api when it cannot write one of the rows. */
export const lostReply = (): ApiError =>
  new ApiError('server', 'the API answers with nothing, as it does when it cannot write one of the rows', {
    status: 200,
    code: 'lost',
  });
