import { describe, expect, it, test } from 'vitest';
import { exportText } from '../../source/export/export.ts';
import { headBytes, isOwnList } from '../../source/export/own-list.ts';
import { clip, task } from '../helpers/tasks.ts';

const song = task({ id: 'a"b', status: 'succeeded', clips: [clip({ title: 'One', audioUrl: 'https://x.example/1' })] });

describe.each(['songs.m3u8', 'songs.csv', 'songs.json', 'songs.md', 'SONGS.MD'])('%s', name => {
  it('may be replaced when an export wrote it, with tasks or without any, or when it is empty', () => {
    for (const tasks of [[], [song], [song, song]]) {
      const text = exportText(`/lists/${name}`, tasks, () => null);
      expect([text, `\uFEFF${text}`].map(head => isOwnList(name, head.slice(0, headBytes)))).toEqual([true, true]);
    }
    expect(isOwnList(name, '')).toBe(true);
  });

  it('is left alone when something else is in it', () => {
    for (const text of ['# Notes\n', '{"name":"x"}', '[{"id":1}]', '[1]', 'id,name\r\n', '| a | b |\n', 'x\0y'])
      expect([text, isOwnList(name, text)]).toEqual([text, false]);
  });
});

test('a table that an editor has aligned is one still', () => {
  expect(isOwnList('a.md', '| title           | status    | length | source |\n')).toBe(true);
});
