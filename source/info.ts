import { existsSync } from 'node:fs';
import { providers } from './api/provider.ts';
import { readConfig } from './config.ts';
import type { Options } from './options.ts';
import { pathsFor } from './paths.ts';
import { listNames } from './session/journal.ts';
import { describeCapabilities, detectCapabilities } from './terminal/capabilities.ts';
import { version } from './version.ts';

/** `--info`: what cliptop found, and why it would do what it does. No token is printed, only where one is. */
export function printInfo(options: Options): void {
  const paths = pathsFor();
  const configPath = options.config ?? paths.config;
  const { config, warnings } = readConfig(configPath, { required: options.config !== undefined });
  const capabilities = detectCapabilities({
    env: process.env,
    platform: process.platform,
    stdout: process.stdout,
    stdin: process.stdin,
    ...(options.color === undefined ? {} : { color: options.color }),
  });
  const sources = providers.map(({ name, tokenVariable, baseUrlVariable, defaultBaseUrl }) => {
    const configured = config.providers?.[name];
    const token = process.env[tokenVariable]
      ? `token from ${tokenVariable}`
      : configured?.token
        ? 'token from the config file'
        : `no token: set ${tokenVariable}`;
    const address = URL.parse(process.env[baseUrlVariable] ?? configured?.baseUrl ?? defaultBaseUrl ?? '');
    return `${name}: ${address === null ? `no address: set ${baseUrlVariable}` : address.origin + address.pathname} (${token})`;
  });
  const section = (title: string, lines: readonly string[]) => [title, ...lines.map(line => `  ${line}`), ''];
  const lines = [
    `cliptop ${version}, Node ${process.versions.node}, ${process.platform}`,
    '',
    ...section('sources', sources),
    ...section('terminal', describeCapabilities(capabilities)),
    ...section('files', [
      `config: ${configPath}${existsSync(configPath) ? '' : ' (not there)'}`,
      `lists: ${paths.sessions} (${listNames(paths.sessions).join(', ') || 'none yet'})`,
      `compile cache: ${paths.cache}`,
    ]),
    ...(warnings.length === 0 ? [] : section('warnings', warnings)),
  ];
  process.stdout.write(`${lines.join('\n').trimEnd()}\n`);
}
