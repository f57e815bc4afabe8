import chalk from 'chalk';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Overlay, State } from '../../source/store/state.ts';
import { Store } from '../../source/store/store.ts';
import { hyperlink } from '../../source/terminal/osc.ts';
import { App } from '../../source/view/app.tsx';
import { frameOptions, screenOf } from '../helpers/screen.ts';
import { answer, after, watching } from '../helpers/state.ts';
import { clip, snapshot, task } from '../helpers/tasks.ts';
import { emulate } from './emulator.tsx';

const size = { columns: 100, rows: 40 };
const audio = 'https://cdn.example/weekend.mp3';
const video = `https://cdn.example/video.mp4?${'signature='.repeat(15)}`;
const song = clip({ id: 'clip-1', title: '週末 Weekend', audioUrl: audio, videoUrl: video, lyrics: 'one\n\ntwo' });
const watched = task({ id: 'task_weekend', action: 'music' });
const base = after(
  watching([watched], { size }),
  answer([snapshot({ id: watched.id, progress: 62, rawStatus: 'IN_PROGRESS', clips: [song] })]),
);

/** The screen of a terminal that knows links, with an overlay open. */
function show(overlay: Overlay) {
  const state: State = after(base, { type: 'open-overlay', overlay });
  const nothing = () => undefined;
  const tree = (
    <App
      store={new Store(state)}
      options={frameOptions}
      hyperlink={(url, text) => hyperlink(text, url)}
      onKey={nothing}
      onPaste={nothing}
    />
  );
  return { state, drawn: emulate(tree, size) };
}

describe('in a terminal with links and colours', () => {
  beforeAll(() => {
    chalk.level = 3;
  });

  it('the details are what the frame says, with every address a link', async () => {
    const { state, drawn } = show({ kind: 'details', key: watched.key, raw: false });
    const { lines, links, cellOf } = await drawn;
    expect(lines).toEqual(screenOf(state));
    expect(new Set(links.map(({ url }) => url))).toEqual(new Set([audio, video]));
    expect(links.filter(({ url }) => url === audio).map(({ text }) => text)).toEqual([audio]);
    expect(
      links
        .filter(({ url }) => url === video)
        .map(({ text }) => text)
        .join(''),
    ).toBe(video);
    expect(cellOf(audio)?.style).toBe('4');
    expect(cellOf('preview')?.style).toBe('2');
    expect(cellOf('▸ running')?.style).toBe('1');
  });

  it('the details as JSON', async () => {
    const { state, drawn } = show({ kind: 'details', key: watched.key, raw: true });
    const { lines, links } = await drawn;
    expect(lines).toEqual(screenOf(state));
    expect(links).toEqual([]);
  });

  it('the help', async () => {
    const { state, drawn } = show({ kind: 'help', filter: '' });
    const { lines, cellOf } = await drawn;
    expect(lines).toEqual(screenOf(state));
    expect(cellOf('Move')?.style).toBe('1');
    expect(cellOf('j ↓')?.style).toBe('36');
  });

  it('the event log', async () => {
    const { state, drawn } = show({ kind: 'log' });
    const { lines, cellOf } = await drawn;
    expect(lines).toEqual(screenOf(state));
    expect(lines.join('\n')).toContain('pending → running');
    // The selected entry keeps the colour of its status.
    expect(cellOf('▸ ')?.style).toBe('1;7');
  });

  it('a choice', async () => {
    const { state, drawn } = show({ kind: 'choose', title: 'open which?', choices: ['One (1)', '雨 (2)'] });
    const { lines, cellOf } = await drawn;
    expect(lines).toEqual(screenOf(state));
    expect(cellOf('2  雨')?.style).toBe('1');
  });

  it('text to be selected by hand, whose addresses are links', async () => {
    const { state, drawn } = show({ kind: 'text', title: 'open it from here', lines: [audio, 'no address', video] });
    const { lines, links } = await drawn;
    expect(lines).toEqual(screenOf(state));
    expect(links[0]).toEqual({ url: audio, text: audio });
    expect(
      links
        .slice(1)
        .map(({ text }) => text)
        .join(''),
    ).toBe(video);
  });
});
