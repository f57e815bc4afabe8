import { existsSync } from 'node:fs';
import { describePacing } from './describe-pacing.ts';
import { detectTerminal } from '../terminal/detect-terminal.ts';
import type { Setup } from '../options/configure.ts';
import { pathsFor } from '../options/paths.ts';
import { Sources } from '../api/sources.ts';
import { sanitizeLine } from '../task/sanitize.ts';
import { findLists } from '../journal/journal.ts';
import { describeCapabilities } from '../terminal/capabilities.ts';
import { chooseImages } from '../terminal/images.ts';
import { version } from '../version.ts';

/** `--info`: what cliptop found, and why it would do what it does. No token is printed, only where one is. */
export function printInfo({ options, config, configPath, warnings }: Setup): void {
  const paths = pathsFor();
  const { capabilities, keys } = detectTerminal(options);
  keys?.destroy();
  const { altScreen, ascii } = options;
  const images = chooseImages({ choice: options.images ?? 'auto', capabilities, altScreen, ascii });
  const sources = new Sources({ env: process.env, configured: config.providers }).describe();
  const section = (title: string, lines: readonly string[]) => [title, ...lines.map(line => `  ${line}`), ''];
  const lines = [
    `cliptop ${version}, Node ${process.versions.node}, ${process.platform}`,
    '',
    ...section('sources', sources),
    ...section('when it asks', describePacing(options, paths.sessions)),
    ...section('terminal', [...describeCapabilities(capabilities), `covers: ${images.value} (${images.reason})`]),
    ...section('files', [
      `config: ${configPath}${existsSync(configPath) ? '' : ' (not there)'}`,
      `lists: ${paths.sessions} (${
        findLists(paths.sessions)
          .map(({ name }) => name)
          .join(', ') || 'none yet'
      })`,
      `compile cache: ${paths.cache}`,
    ]),
    ...(warnings.length === 0 ? [] : section('warnings', warnings)),
  ];
  const safe = lines.map(line => (line.startsWith('  ') ? `  ${sanitizeLine(line)}` : sanitizeLine(line)));
  process.stdout.write(`${safe.join('\n').trimEnd()}\n`);
}
