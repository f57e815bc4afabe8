import { keyOf, type Binding } from '../keymap.ts';
import type { Options } from '../options/options.ts';
import { printable } from '../text/printable.ts';
import { shellWord } from '../text/shell-word.ts';
import type { Output } from './outputs.ts';
import { ownCommand } from './own-command.ts';

type ResumeFacts = {
  readonly options: Options;
  readonly output: Output;
  /** The folder for all songs, absolute; null: only what a key asked for was saved. */
  readonly download: { readonly folder: string | null };
  readonly keymap: readonly Binding[];
  /** What starts this program once more. */
  readonly command?: string;
};

/**
 * What goes on with files that are unfinished at the end: a command, or a key of the next one; null: nothing does. A part is
 * found again under the same name in the same folder.
 */
export function whatResumes(facts: ResumeFacts): string | null {
  const { options, output, download, keymap, command = ownCommand() } = facts;
  if (options.mode === 'demo') return null;
  if (download.folder === null) return `${keyOf(keymap, 'download')} for the same folder`;
  // Without a saved list it needs the same ids.
  if (output !== 'tui' || !options.save) return 'the same command';
  const flags = [
    ['--session', options.session],
    ['--config', options.config],
    ['--download', download.folder],
    ['--download-what', options.downloadWhat?.join(',')],
    ['--download-name', options.downloadName],
  ] as const;
  const words = flags.flatMap(([flag, value]) => (value === undefined ? [] : [`${flag} ${shellWord(value)}`]));
  return printable([command, ...words].join(' '));
}
