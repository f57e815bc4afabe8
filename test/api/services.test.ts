import { expect, test } from 'vitest';
import { connect, fixture } from './server.ts';

const id = (tail: number) => `11111111-1111-4111-8111-0000000000${tail}`;

/** What the documented reply of a service says; see `api.acedata.cloud`, `POST /{service}/tasks`. */
async function read(service: string, ids: readonly string[]) {
  const source = { name: `acedata/${service}`, provider: 'acedata', service } as const;
  const { client, received } = await connect('tasks', { body: fixture(`service-${service}`) }, { source });
  const { snapshots } = await client.batch(ids);
  expect(received[0]?.path).toBe(`/${service}/tasks`);
  return snapshots;
}

test('the picture of flux is its result, and its prompt no lyric', async () => {
  const [done, failed] = await read('flux', [id(41), id(46)]);
  expect(done).toMatchObject({ id: id(41), status: 'succeeded', prompt: 'a grey cat on a pier', error: null });
  const address = 'https://cdn.example.net/flux/0041.png';
  expect(done?.clips).toMatchObject([{ imageUrl: address, fileUrl: address, audioUrl: null, lyrics: null }]);
  expect(failed).toMatchObject({ status: 'failed', error: { code: 'forbidden' }, clips: [] });
});

test('the flat reply of luma has one video, with its thumbnail', async () => {
  const [done] = await read('luma', [id(42)]);
  expect(done).toMatchObject({ status: 'succeeded', rawStatus: 'completed', progress: 100 });
  expect(done?.clips).toMatchObject([
    { videoUrl: 'https://cdn.example.net/luma/0042.mp4', imageUrl: 'https://cdn.example.net/luma/0042.jpg' },
  ]);
  expect(done?.clips[0]?.fileUrl).toBeNull();
});

test('a row of kling is found by its own id, not by its upstream job, and keeps no callback address', async () => {
  const [done, running] = await read('kling', [id(43), id(45)]);
  expect(done).toMatchObject({ id: id(43), status: 'succeeded', action: 'text2video' });
  expect(done?.clips).toMatchObject([{ videoUrl: 'https://cdn.example.net/kling/0043.mp4', duration: 5.1 }]);
  expect(running).toMatchObject({ id: id(45), status: 'running', clips: [] });
  expect(JSON.stringify(done)).not.toContain('SECRET');
});

test('midjourney gives the picture in its full size', async () => {
  const [done] = await read('midjourney', [id(44)]);
  expect(done).toMatchObject({ status: 'succeeded', prompt: 'a cat on a table' });
  expect(done?.clips).toMatchObject([
    { fileUrl: 'https://cdn.example.net/mj/0044.png', imageUrl: 'https://cdn.example.net/mj/0044.png?thumbnail=50p' },
  ]);
});

test('the videos of midjourney, a list of addresses, are a clip each', async () => {
  const record = {
    ...{ id: id(47), type: 'videos', created_at: 1790000400, finished_at: 1790000460 },
    request: { action: 'generate', image_url: 'https://cdn.example.net/mj/first.jpg', prompt: 'a cat sits' },
    response: {
      ...{ success: true, task_id: id(47) },
      video_urls: ['https://cdn.example.net/mj/0.mp4', 'https://cdn.example.net/mj/1.mp4', null, 7],
    },
  };
  const source = { name: 'acedata/midjourney', provider: 'acedata', service: 'midjourney' } as const;
  const { client } = await connect('tasks', { body: JSON.stringify({ items: [record], count: 1 }) }, { source });
  const [done] = (await client.batch([id(47)])).snapshots;
  expect(done).toMatchObject({ status: 'succeeded', error: null });
  expect(done?.clips.map(({ videoUrl }) => videoUrl)).toEqual(record.response.video_urls.slice(0, 2));
});
