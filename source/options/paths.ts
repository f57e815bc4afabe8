import envPaths from 'env-paths';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '../files/make-folder.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where files live: the XDG folders everywhere they are set or usual, the platform's own ones elsewhere. */
export function pathsFor(env: Environment = process.env, platform: NodeJS.Platform = process.platform) {
  const own = envPaths('cliptop', { suffix: '' });
  const isUnix = platform !== 'win32' && platform !== 'darwin';
  const folder = (variable: string, usual: string, other: string) => {
    const named = env[variable];
    if (named?.startsWith('/')) return join(named, 'cliptop');
    return isUnix ? join(homedir(), usual, 'cliptop') : other;
  };
  return {
    config: join(folder('XDG_CONFIG_HOME', '.config', own.config), 'config.json'),
    sessions: join(folder('XDG_STATE_HOME', '.local/state', own.data), 'sessions'),
    cache: cacheFolder(env),
  };
}

/** The music folder of the desktop, where it names one; else `Music` in the home folder. */
export function musicFolder(env: Environment = process.env): string {
  const config = env.XDG_CONFIG_HOME?.startsWith('/') === true ? env.XDG_CONFIG_HOME : join(homedir(), '.config');
  try {
    const named = /^XDG_MUSIC_DIR="([^"]+)"/m.exec(readFileSync(join(config, 'user-dirs.dirs'), 'utf8'))?.[1];
    const folder = named?.replace(/^\$HOME(?=\/|$)/, homedir());
    if (folder?.startsWith('/') === true) return folder;
  } catch {
    // No desktop, or one without such a file.
  }
  return join(homedir(), 'Music');
}

/**
 * Where the compile cache is: in the person's own folder, for the shared one in /tmp could be prepared by somebody else.
 * Apart from the other paths because it is needed before anything is loaded. A relative or empty variable counts as unset,
 * as the XDG specification has it.
 */
function cacheFolder(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const named = env.XDG_CACHE_HOME;
  return join(named?.startsWith('/') === true ? named : join(homedir(), '.cache'), 'cliptop');
}

/** Makes the folder of the compile cache. null: it cannot be made, and cliptop starts without one. */
export function makeCacheFolder(): string | null {
  const folder = cacheFolder();
  try {
    makeFolder(folder, 0o700);
    return folder;
  } catch {
    return null;
  }
}
