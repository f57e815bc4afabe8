import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createPictureLayer, type PlacedPicture } from '../../source/terminal/picture-layer.ts';
import { createPictures } from '../../source/terminal/pictures.ts';

const picture: PlacedPicture = { png: new Uint8Array(5000).fill(7), x: 73, y: 9, columns: 24, rows: 12 };
const other: PlacedPicture = { ...picture, png: new Uint8Array(10).fill(9) };
const draws = /\u001b_Ga=T,/g;
const removes = /\u001b_Ga=d,d=I,i=5,q=2\u001b\\/g;
const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

describe('kitty', () => {
  it('gets a picture in pieces of 4,096 characters, at its cell, without an answer and without moving the cursor', () => {
    const bytes = createPictureLayer('kitty', 5).after(picture);
    expect(bytes).toMatch(/^\u001b7\u001b\[10;74H\u001b_Ga=T,f=100,i=5,c=24,r=12,C=1,q=2,m=1;/);
    expect(bytes).toMatch(/\u001b_Gm=0;[^\u001b]*\u001b\\\u001b8$/);
    const pieces = [...bytes.matchAll(/;([A-Za-z0-9+/=]*)\u001b\\/g)].map(([, piece = '']) => piece);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(4096);
    expect(Buffer.from(pieces.join(''), 'base64').equals(Buffer.from(picture.png))).toBe(true);
  });

  it('is told to take it away by its number, once', () => {
    const layer = createPictureLayer('kitty', 5);
    expect(layer.clear()).toBe('');
    layer.after(picture);
    expect([layer.before({ ...picture }), layer.after({ ...picture })]).toEqual(['', '']);
    expect(count(layer.before(other), removes)).toBe(1);
    expect(layer.clear()).toBe('');
  });
});

describe('iTerm2', () => {
  it('gets a picture of so many cells, and blanks in its place when it goes', () => {
    const layer = createPictureLayer('iterm2', 5);
    expect(layer.after(picture)).toMatch(
      /^\u001b7\u001b\[10;74H\u001b\]1337;File=inline=1;size=5000;width=24;height=12;preserveAspectRatio=1;doNotMoveCursor=1:[A-Za-z0-9+/=]+\u0007\u001b8$/,
    );
    const gone = layer.before(null);
    expect(count(gone, / {24}/g)).toBe(12);
    expect(gone).toContain('\u001b[21;74H');
  });
});

/** A terminal that keeps what is written to it, with the pictures between. */
function setUp(way: 'kitty' | 'iterm2' = 'kitty') {
  const written: string[] = [];
  const terminal = Object.assign(new EventEmitter(), { write: (bytes: string) => written.push(bytes) > 0 });
  const pictures = createPictures(terminal as unknown as NodeJS.WriteStream, way, 5);
  return { pictures, written, text: () => written.join('') };
}

describe('a picture with the frames of Ink', () => {
  it('is drawn behind the frame that leaves room for it, and taken away before the one that does not', () => {
    const { pictures, written } = setUp();
    pictures.stream.write('\u001b[?1049h');
    pictures.want(picture);
    pictures.stream.write('first');
    expect(written[1]).toMatch(/^first\u001b7[^]*\u001b8$/);
    pictures.stream.write('second');
    expect(written[2]).toBe('second');
    pictures.want(null);
    pictures.stream.write('third');
    expect(written[3]).toMatch(/^\u001b_Ga=d[^]*third$/);
  });

  it('is drawn at the end of a frame that begins and ends with writes of their own, before the terminal shows it', () => {
    const { pictures, written } = setUp();
    pictures.stream.write('\u001b[?1049h');
    pictures.want(picture);
    for (const part of ['\u001b[?2026h', 'frame', '\u001b[?2026l']) pictures.stream.write(part);
    expect(written.slice(1, 3)).toEqual(['\u001b[?2026h', 'frame']);
    expect(written[3]).toMatch(/^\u001b7[^]*\u001b8\u001b\[\?2026l$/);
  });

  it('is drawn by itself where Ink has nothing to draw', async () => {
    const { pictures, text } = setUp();
    pictures.stream.write('\u001b[?1049h');
    pictures.want(picture);
    await sleep(120);
    expect(count(text(), draws)).toBe(1);
  });

  it('is drawn again when the screen was emptied, or was another one', () => {
    const { pictures, text } = setUp();
    pictures.stream.write('\u001b[?1049h');
    pictures.want(picture);
    pictures.stream.write('frame');
    pictures.stream.write('\u001b[2Jframe');
    expect([count(text(), draws), count(text(), removes)]).toEqual([2, 1]);
    pictures.stream.write('\u001b[?1049l');
    pictures.stream.write('shell');
    expect([count(text(), draws), count(text(), removes)]).toEqual([2, 2]);
    pictures.stream.write('\u001b[?1049h');
    pictures.stream.write('frame');
    expect(count(text(), draws)).toBe(3);
  });

  it('asks for the size of a cell only where it is drawn, and only kitty, which stretches it', () => {
    const { pictures, written } = setUp();
    pictures.measure();
    expect(written).toEqual([]);
    pictures.stream.write('\u001b[?1049h');
    pictures.measure();
    expect(written.slice(1)).toEqual(['\u001b[16t']);
    const other = setUp('iterm2');
    other.pictures.stream.write('\u001b[?1049h');
    other.pictures.measure();
    expect(other.written).toHaveLength(1);
  });

  it('never stands on the normal screen', async () => {
    const { pictures, text } = setUp();
    pictures.want(picture);
    pictures.stream.write('line');
    await sleep(120);
    expect(text()).toBe('line');
    expect(pictures.clear()).toBe('');
  });
});
