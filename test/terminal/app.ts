import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { script, Tmux } from './tmux.ts';

/** The small full-screen program of `scripts/app.ts`, started from an interactive shell so that there is job control. */
export class App extends Tmux {
  /** Written when the program saves. */
  readonly saved = join(this.folder, 'saved');
  /** The file with the keys that the player has read. */
  readonly output = join(this.folder, 'output');
  /** The command line that starts the program. */
  readonly command = script('app.ts', this.saved, 'mpv --quiet');

  /** Starts the shell and in it the program, behind `prefix` (a pipe into it), and waits for the first frame. */
  async open(pipe = ''): Promise<void> {
    const file = (name: string, text: string, mode = 0o644): string => {
      writeFileSync(join(this.folder, name), text, { mode });
      return join(this.folder, name);
    };
    const app = file('app', `exec ${this.command}`);
    const settings = file('bashrc', "PS1='prompt$ '\n");
    // A program named like a terminal player, which reads four keys.
    const read = `for i in 1 2 3 4; do read -rsn1 key; printf %s "$key" >> ${this.output}; done`;
    file('mpv', `#!/bin/bash\necho $$ > ${this.output}.pid; echo "playing $2"; ${read}; exit 3\n`, 0o755);
    const shell = `exec env PATH=${this.folder}:$PATH bash --noprofile --rcfile ${settings}`;
    this.run('new-session', '-d', '-x', '80', '-y', '24', shell);
    await this.waitFor('prompt$');
    this.type(`echo before; ${pipe} sh ${app}`, 'Enter');
    await this.waitFor('app []');
  }

  type(...keys: readonly string[]): void {
    this.run('send-keys', ...keys);
  }

  /** The exit status that the shell has for the last command. */
  async status(): Promise<string | undefined> {
    this.type('echo status $?', 'Enter');
    return /status (\d+)/.exec(await this.waitFor(/status \d/))?.[1];
  }

  /** The process that the shell has started. */
  program(): number {
    const shell = this.run('display', '-p', '#{pane_pid}');
    return Number(readFileSync(`/proc/${shell}/task/${shell}/children`, 'utf8'));
  }

  title(): string {
    return this.run('display', '-p', '#{pane_title}');
  }
}
