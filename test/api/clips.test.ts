import { expect, test } from 'vitest';
import { hasMedia, hasResult, readClips } from '../../source/api/clips.ts';
import { clip } from '../helpers/tasks.ts';

const clips = (value: unknown) => readClips(value).map(read => read.clip);
const url = 'https://cdn.example/a.mp3';

test.each([
  ['id', { id: 'v' }, { id: 'v' }],
  ['clip_id', { clip_id: 'v' }, { id: 'v' }],
  ['clipId', { clipId: 'v' }, { id: 'v' }],
  ['audio_id', { audio_id: 'v' }, { id: 'v' }],
  ['lyric', { lyric: 'v' }, { lyrics: 'v' }],
  ['lyrics', { lyrics: 'v' }, { lyrics: 'v' }],
  ['text', { text: 'v' }, { lyrics: 'v' }],
  ['prompt', { prompt: 'v' }, { lyrics: 'v' }],
  ['metadata.prompt', { metadata: { prompt: 'v' } }, { lyrics: 'v' }],
  ['model', { id: 'i', model: 'v' }, { model: 'v' }],
  ['mv', { id: 'i', mv: 'v' }, { model: 'v' }],
  ['model_name', { id: 'i', model_name: 'v' }, { model: 'v' }],
  ['modelName', { id: 'i', modelName: 'v' }, { model: 'v' }],
  ['major_model_version', { id: 'i', major_model_version: 'v' }, { model: 'v' }],
  ['style', { id: 'i', style: 'v', tags: 'x' }, { style: 'v' }],
  ['tags', { id: 'i', tags: 'v' }, { style: 'v' }],
  ['a list of tags', { id: 'i', tags: ['v', 'w'] }, { style: 'v, w' }],
  ['sound', { id: 'i', sound: 'v' }, { style: 'v' }],
  ['metadata.tags', { id: 'i', metadata: { tags: 'v' } }, { style: 'v' }],
  ['state', { id: 'i', state: 'v' }, { status: 'v' }],
  ['status', { id: 'i', status: 'v' }, { status: 'v' }],
  ['audio_url', { audio_url: url }, { audioUrl: url }],
  ['audioUrl', { audioUrl: url }, { audioUrl: url }],
  ['video_url', { video_url: url }, { videoUrl: url }],
  ['videoUrl', { videoUrl: url }, { videoUrl: url }],
  ['file_url', { file_url: url }, { fileUrl: url }],
  ['wav_url', { wav_url: url }, { fileUrl: url }],
  ['stems_url', { stems_url: url }, { fileUrl: url }],
  ['url', { url }, { fileUrl: url }],
  ['image_large_url', { id: 'i', image_large_url: url }, { imageUrl: url }],
  ['duration as text', { id: 'i', duration: '135.2330158730159' }, { duration: 135.23 }],
  ['duration as a number', { id: 'i', duration: 154.44 }, { duration: 154.44 }],
  ['duration null', { id: 'i', duration: null }, { duration: null }],
  ['metadata.duration', { id: 'i', metadata: { duration: 91 } }, { duration: 91 }],
])('takes %s', (_, row, expected) => {
  expect(clips([row])).toMatchObject([expected]);
});

test.each([
  ['a list', [{ id: 'a' }, { id: 'b' }], ['a', 'b']],
  ['one object', { id: 'a' }, ['a']],
  ['{clips}', { clips: [{ id: 'a' }], progress: '100%' }, ['a']],
  ['{data}', { data: [{ id: 'a' }] }, ['a']],
  ['{data: {clips}}', { data: { clips: [{ id: 'a' }] } }, ['a']],
  ['a packed list', '[{"id":"a"}]', ['a']],
  ['a packed list in clips', { clips: '[{"id":"a"}]' }, ['a']],
  ['packed rows in a list', ['{"id":"a"}', { id: 'b' }], ['a', 'b']],
  ['nulls, texts and numbers among the rows', [null, 'x', 7, [], { id: 'a' }], ['a']],
  ['null', null, []],
  ['a text', 'abc', []],
  ['packed JSON that is cut off', '[{"id":"a"', []],
  ['an upstream’s progress', { progress: '20%', status: 'IN_PROGRESS', task_id: 'x' }, []],
])('finds the clips in %s', (_, data, ids) => {
  expect(clips(data).map(({ id }) => id)).toEqual(ids);
});

test('stops at a hundred clips', () => {
  expect(clips(Array.from({ length: 5000 }, (_, index) => ({ id: String(index) })))).toHaveLength(100);
});

test('an address is taken only if it is one', () => {
  for (const audio_url of ['upstream quota exceeded', 'javascript:alert(1)', 'file:///etc/passwd', '', 7, null]) {
    expect(clips([{ id: 'a', audio_url }])[0]?.audioUrl).toBeNull();
  }
});

test('the first address that is one is taken', () => {
  expect(clips([{ audio_url: '', audioUrl: url }])[0]?.audioUrl).toBe(url);
});

test('a failed clip says why and has no media', () => {
  const [read] = readClips([
    { id: 'a', status: 'error', audio_url: url, metadata: { error_type: 'x', error_message: 'm' } },
  ]);
  expect(read).toMatchObject({ status: 'failed', reason: 'm', clip: { audioUrl: null } });
});

test('lyrics are a result, a cover image alone is not', () => {
  expect([clip({ lyrics: 'l' }), clip({ imageUrl: url }), clip({ fileUrl: url })].map(hasResult)).toEqual([
    true,
    false,
    true,
  ]);
  expect([clip({ lyrics: 'l' }), clip({ videoUrl: url })].map(hasMedia)).toEqual([false, true]);
});
