import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where the compile cache is: in the person's own folder, for the shared one in /tmp could be prepared by somebody else.
 * Apart from the other paths because it is needed before anything is loaded. A relative or empty variable counts as unset,
 * as the XDG specification has it.
 */
export function cacheFolder(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const named = env.XDG_CACHE_HOME;
  return join(named?.startsWith('/') === true ? named : join(homedir(), '.cache'), 'cliptop');
}
