import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultKeymap } from '../../source/keymap.ts';
import { overlayContent } from '../../source/screen/overlays.ts';
import { plainText } from '../../source/screen/segments.ts';
import { glyphsFor } from '../../source/screen/theme.ts';
import type { Overlay } from '../../source/store/state.ts';
import { createTestUser } from '../helpers/test-user.ts';
import { clip, task } from '../helpers/tasks.ts';

const lyrics = Array.from({ length: 90 }, (_, index) => `line ${index} of the song`).join('\n');
const song = task({ id: 'a', status: 'succeeded', clips: [clip({ title: 'Long', lyrics })] });
const others = Array.from({ length: 60 }, (_, index) => task({ id: `task_${index}`, status: 'running' }));

const overlays: readonly Overlay[] = [
  { kind: 'help' },
  { kind: 'log' },
  { kind: 'details', key: song.key, raw: false },
  { kind: 'details', key: song.key, raw: true },
  { kind: 'text', title: 'select it', lines: lyrics.split('\n') },
];
const anySize = fc.record({ columns: fc.integer({ min: 30, max: 160 }), rows: fc.integer({ min: 6, max: 60 }) });

describe('paging to the end and back', () => {
  it.each([
    ['pagedown', 'pageup'],
    ['ctrl-d', 'ctrl-u'],
  ])('shows every line of an overlay: %s', (down, up) => {
    fc.assert(
      fc.property(fc.constantFrom(...overlays), anySize, (overlay, size) => {
        const user = createTestUser([song], { size });
        for (let at = 0; at < 120; at++) user.store.dispatch({ type: 'note', at: at * 1000, text: `event ${at}` });
        user.store.dispatch({ type: 'open-overlay', overlay });
        const { lines } = overlayContent(overlay, user.state(), defaultKeymap, glyphsFor(false));
        // Whichever entry of the log is selected.
        const bare = (line: string) => line.replace(/^>/, ' ').trimEnd();
        const all = lines.map(line => bare(plainText(line)));
        const seen = (key: string) => {
          const shown = new Set(user.screen().map(bare));
          for (let before = ''; before !== user.screen().join();) {
            before = user.screen().join();
            user.press(key);
            for (const line of user.screen()) shown.add(bare(line));
          }
          return shown;
        };
        for (const key of [down, up]) {
          const shown = seen(key);
          expect(all.filter(line => !shown.has(line))).toEqual([]);
          // From where it ends, without the message that says so.
          user.press('G');
        }
      }),
      { numRuns: 40 },
    );
  });

  it('shows every row of the table', () => {
    fc.assert(
      fc.property(anySize, size => {
        const user = createTestUser(others, { size });
        const seen = new Set<string>();
        const look = () => {
          for (const [id] of user
            .screen()
            .join('\n')
            .matchAll(/task_\d+/g))
            seen.add(id);
        };
        const wide = { ...size, columns: Math.max(80, size.columns) };
        user.store.dispatch({ type: 'resize', ...wide });
        look();
        for (let last: string | null = null; last !== user.selected();) {
          last = user.selected();
          user.press('pagedown');
          look();
        }
        expect(seen.size).toBe(others.length);
      }),
      { numRuns: 30 },
    );
  });

  it('goes on from the last line that a window which grew still shows', () => {
    const user = createTestUser([song], { size: { columns: 80, rows: 10 } });
    user.press('?', 'G');
    user.store.dispatch({ type: 'resize', columns: 80, rows: 20 });
    const before = user.screen();
    user.press('k');
    expect(user.screen()).not.toEqual(before);
  });
});
