import { describe, expect, it } from 'vitest';
import { task } from '../helpers/tasks.ts';
import { createTestUser } from '../helpers/test-user.ts';

describe('E', () => {
  it('asks for the file, says what the endings mean, and offers the last one again', async () => {
    const user = createTestUser([task({ id: 'a' })]);
    user.press('E');
    expect(user.state().prompt).toMatchObject({ kind: 'export', line: { text: 'songs.m3u8' } });
    expect(user.message()).toContain('.m3u8 .csv .json .md');
    user.press('ctrl-u');
    user.type('my list.csv');
    user.press('enter');
    await Promise.resolve();
    expect([user.written, user.flash()]).toEqual([['my list.csv'], 'wrote my list.csv']);
    user.press('E');
    expect(user.state().prompt?.line.text).toBe('my list.csv');
  });

  it('offers a name that typing replaces, and that a key which moves in it keeps', () => {
    const user = createTestUser([task({ id: 'a' })]);
    const line = () => user.state().prompt?.line.text;
    user.press('E');
    user.type('x.csv');
    expect(line()).toBe('x.csv');
    user.press('escape', 'E');
    user.paste('y.csv');
    expect(line()).toBe('y.csv');
    user.press('escape', 'E', 'end');
    user.type('8');
    expect(line()).toBe('songs.m3u88');
    user.press('escape', 'E', 'backspace');
    user.type('9');
    expect(line()).toBe('songs.m3u9');
  });

  it('keeps a name with another ending in the line, and names the four', () => {
    const user = createTestUser([task({ id: 'a' })]);
    user.press('E');
    user.type('list.txt');
    user.press('enter');
    expect(user.written).toEqual([]);
    expect(user.state().prompt).toMatchObject({ kind: 'export', line: { text: 'list.txt' } });
    user.type('x');
    expect(user.state().prompt?.line.text).toBe('list.txtx');
    user.press('backspace', 'enter');
    expect(user.message()).toMatch(/^list\.txt: .*\.m3u8.*\.csv.*\.json.*\.md/);
  });

  it('writes nothing when the line is left, or is empty, or there is no task', () => {
    const user = createTestUser([task({ id: 'a' })]);
    user.press('E', 'escape', 'E', 'ctrl-u', 'enter');
    expect([user.written, user.state().prompt]).toEqual([[], null]);
    const empty = createTestUser([]);
    empty.press('E');
    expect([empty.state().prompt, empty.flash()]).toEqual([null, 'there is no task yet: a adds some']);
  });
});
