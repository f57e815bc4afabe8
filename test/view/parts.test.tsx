import chalk from 'chalk';
import { Box } from 'ink';
import { cleanup, render } from 'ink-testing-library';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import type { StyledLine } from '../../source/screen/segments.ts';
import { Footer, Prompt } from '../../source/view/footer.tsx';
import { Header, Sources } from '../../source/view/header.tsx';
import { HyperlinkContext } from '../../source/view/line.tsx';
import { Details, Overlay } from '../../source/view/overlay.tsx';
import { Table } from '../../source/view/table.tsx';

afterEach(cleanup);

const words: StyledLine = {
  segments: [{ text: 'cliptop', style: 'strong' }, { text: '  ' }, { text: '1 done', style: 'success' }],
};
const heading: StyledLine = { segments: [{ text: 'TITLE  TIME', style: 'muted' }] };
const chosen: StyledLine = { segments: [{ text: '> 雨の夜  0:48' }], inverse: true };
const other: StyledLine = { segments: [{ text: '  ' }, { text: '✗ failed', style: 'failure' }, { text: '  0:26' }] };
const url = 'https://cdn.example/song.mp3';
const address: StyledLine = {
  segments: [
    { text: 'audio  ', style: 'muted' },
    { text: url, style: 'link', link: url },
  ],
};
const table = {
  heading,
  rows: [
    { key: 'a', line: chosen },
    { key: 'b', line: other },
  ],
  hint: [],
  below: [],
};
const cursor = { x: 12, y: 0 };
const typed: StyledLine = { segments: [{ text: 'add ids: ', style: 'strong' }, { text: 'abc' }] };

const bold = (text: string) => `\u001b[1m${text}\u001b[22m`;
const dim = (text: string) => `\u001b[2m${text}\u001b[22m`;
const under = (text: string) => `\u001b[4m${text}\u001b[24m`;
const red = (text: string) => `\u001b[31m${text}\u001b[39m`;
const green = (text: string) => `\u001b[32m${text}\u001b[39m`;
const inverse = (text: string) => `\u001b[7m${text}\u001b[27m`;

type Part = readonly [name: string, tree: ReactNode, bare: string, coloured: string];
const parts: readonly Part[] = [
  ['Header', <Header key="" line={words} />, 'cliptop  1 done', `${bold('cliptop')}  ${green('1 done')}`],
  ['Sources', <Sources key="" lines={[other]} />, '  ✗ failed  0:26', `  ${red('✗ failed')}  0:26`],
  [
    'Table',
    <Table key="" table={table} />,
    'TITLE  TIME\n> 雨の夜  0:48\n  ✗ failed  0:26',
    `${dim('TITLE  TIME')}\n${inverse('> 雨の夜  0:48')}\n  ${red('✗ failed')}  0:26`,
  ],
  [
    'Table without rows',
    <Table key="" table={{ heading, rows: [], hint: [{ segments: [{ text: 'No tasks yet.' }] }], below: [] }} />,
    'TITLE  TIME\nNo tasks yet.',
    `${dim('TITLE  TIME')}\nNo tasks yet.`,
  ],
  [
    'Details',
    <Details key="" overlay={{ heading: words, lines: [address, { segments: [] }, other] }} />,
    `cliptop  1 done\naudio  ${url}\n\n  ✗ failed  0:26`,
    `${bold('cliptop')}  ${green('1 done')}\n${dim('audio  ')}${under(url)}\n\n  ${red('✗ failed')}  0:26`,
  ],
  [
    'Overlay',
    <Overlay key="" overlay={{ heading: words, lines: [other] }} />,
    'cliptop  1 done\n  ✗ failed  0:26',
    `${bold('cliptop')}  ${green('1 done')}\n  ${red('✗ failed')}  0:26`,
  ],
  ['Prompt', <Prompt key="" line={typed} cursor={cursor} />, 'add ids: abc', `${bold('add ids: ')}abc`],
  ['Footer', <Footer key="" line={words} />, 'cliptop  1 done', `${bold('cliptop')}  ${green('1 done')}`],
];

describe.each(parts)('%s', (_, tree, bare, coloured) => {
  const drawn = (level: 0 | 1) => {
    chalk.level = level;
    return render(<Box flexDirection="column">{tree}</Box>).lastFrame();
  };

  it('is its lines, bare', () => {
    expect(drawn(0)).toBe(bare);
  });

  it('is its lines, in colour', () => {
    expect(drawn(1)).toBe(coloured);
  });
});

it('a low pane has no line of sources', () => {
  expect(render(<Sources lines={[]} />).lastFrame()).toBe('');
});

it('a link is made of the bare words, before they are painted', () => {
  chalk.level = 1;
  const seen: string[] = [];
  const hyperlink = (to: string, text: string) => {
    seen.push(text);
    return `\u001b]8;;${to}\u0007${text}\u001b]8;;\u0007`;
  };
  const tree = (
    <HyperlinkContext value={hyperlink}>
      <Details overlay={{ heading, lines: [address] }} />
    </HyperlinkContext>
  );
  const frame = render(tree).lastFrame() ?? '';
  expect(seen).toEqual([url]);
  expect(frame).toContain(`\u001b]8;;${url}\u0007`);
  expect(frame.replace(/\u001b\]8;;[^\u0007]*\u0007|\u001b\[\d*m/g, '')).toBe(`TITLE  TIME\naudio  ${url}`);
});

describe('a part that did not change', () => {
  /** A line that counts how often it is drawn. */
  const counting = () => {
    const count = { drawn: 0 };
    const line: StyledLine = {
      get segments() {
        count.drawn++;
        return [{ text: 'x' }];
      },
    };
    return { count, line };
  };

  it.each([
    ['Header', (line: StyledLine) => <Header line={line} />],
    ['Sources', (line: StyledLine) => <Sources lines={[line]} />],
    ['Prompt', (line: StyledLine) => <Prompt line={line} cursor={cursor} />],
    ['Footer', (line: StyledLine) => <Footer line={line} />],
    ['Table', (line: StyledLine) => <Table table={{ heading, rows: [{ key: 'a', line }], hint: [], below: [] }} />],
    ['Details', (line: StyledLine) => <Details overlay={{ heading, lines: [line] }} />],
    ['Overlay', (line: StyledLine) => <Overlay overlay={{ heading, lines: [line] }} />],
  ])('is not drawn again: %s', (_, part) => {
    const { count, line } = counting();
    const { rerender, lastFrame } = render(part(line));
    const first = count.drawn;
    rerender(part(line));
    expect(count.drawn).toBe(first);
    rerender(part({ segments: [{ text: 'y' }] }));
    expect(lastFrame()).toContain('y');
  });
});
