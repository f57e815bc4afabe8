import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { shellWord } from '../text/shell-word.ts';

type Started = {
  /** The Node that runs it: `process.execPath`. Another one in the path may be too old. */
  readonly node: string;
  /** The script that Node was given: `process.argv[1]`. */
  readonly script: string;
  /** The folder it was started in. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
};

const thisProcess = (): Started => ({
  node: process.execPath,
  script: process.argv[1] ?? '',
  folder: process.cwd(),
  environment: process.env,
});

/** The words that start this program once more from a shell in the same folder. */
export function ownCommand({ node, script, folder, environment }: Started = thisProcess()): string {
  const root = dirname(dirname(script));
  // A clone has the source beside the build; its scripts find the Node that came along.
  if (existsSync(join(root, 'source')) && root === folder) return 'npm start --';
  if (environment.npm_command === 'exec') return 'npx cliptop';
  // The name under which an installed program is found.
  if (basename(script) === 'cliptop') return 'cliptop';
  return `${shellWord(node)} ${shellWord(script)}`;
}
