import envPaths from 'env-paths';
import { homedir } from 'node:os';
import { cacheFolder } from './cache-folder.ts';
import { join } from 'node:path';

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
