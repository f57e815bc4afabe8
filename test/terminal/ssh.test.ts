import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { hasSshd, startSshd, type Sshd } from '../helpers/sshd.ts';
import { installed, script, Tmux, until } from './tmux.ts';

const text = 'https://cdn.example/a.mp3\nhttps://cdn.example/雨.mp3';

describe.skipIf(!hasSshd || !installed('tmux'))('over a real SSH connection', () => {
  let tmux: Tmux;
  let sshd: Sshd;

  beforeAll(async () => {
    tmux = new Tmux();
    sshd = await startSshd(tmux.folder);
    tmux.start('true', 'set-clipboard on');
  });
  afterAll(() => {
    sshd.close();
    tmux.close();
  });

  // This tmux stands for the user's own terminal, and its newest buffer for the user's clipboard.
  test.each(['xterm-256color', 'tmux-256color'])(
    'copies to the clipboard of the connecting machine, with TERM=%s',
    async term => {
      const remote = join(tmux.folder, 'remote');
      writeFileSync(remote, `DISPLAY=:0 ${script('copy.ts', 'auto', '1', `${text.replace('\n', '|')}#${term}`)}`);
      tmux.replace(`TERM=${term} ssh ${sshd.args.join(' ')} sh ${remote}`);
      expect(await tmux.waitFor('copied')).toContain('copied with OSC 52.');
      expect(
        await until(
          () => tmux.buffer(),
          buffer => buffer.endsWith(term),
        ),
      ).toBe(`${text}#${term}`);
    },
  );
});
