import { expect, it } from 'vitest';
import { soundOf } from '../../source/task/sound.ts';
import { clip } from '../helpers/tasks.ts';

it.each([
  [{ audioUrl: 'https://x.example/a.mp3', videoUrl: 'https://x.example/a.mp4' }, 'https://x.example/a.mp3'],
  [{ videoUrl: 'https://x.example/a.mp4', fileUrl: 'https://x.example/a.wav' }, 'https://x.example/a.mp4'],
  [{ fileUrl: 'https://x.example/a.wav?sig=1' }, 'https://x.example/a.wav?sig=1'],
  [{ fileUrl: 'https://x.example/stems.ZIP?sig=1' }, null],
  [{ imageUrl: 'https://x.example/a.png' }, null],
])('of %j there can be heard %s', (urls, sound) => {
  expect(soundOf(clip(urls))).toBe(sound);
});
