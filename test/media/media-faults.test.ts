import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Downloads, type FileProgress } from '../../source/media/downloads.ts';
import { plannedFiles } from '../../source/media/plan.ts';
import { createSaveFile } from '../../source/media/save-file.ts';
import { mediaFaults, type MediaFault } from '../../source/simulator/media-faults.ts';
import { startSimulator } from '../../source/simulator/simulator.ts';
import { until } from '../terminal/tmux.ts';
import { clip, task } from '../helpers/tasks.ts';

/** What becomes of a song at a host with this fault, with a second of waiting made a millisecond. */
async function downloadFrom(fault: MediaFault) {
  const simulator = await startSimulator({ scenario: { tasks: [] }, token: 'sk-the-token-of-the-person' });
  const folder = mkdtempSync(join(tmpdir(), 'cliptop-faults-'));
  const dispatcher = new Agent();
  const seen: FileProgress[] = [];
  const { origin, token } = simulator;
  const downloads = new Downloads({
    folder,
    save: createSaveFile({ folder, dispatcher, apiOf: () => ({ origin, token }) }),
    onChange(change) {
      if (change.state !== seen.at(-1)?.state) seen.push(change);
    },
    onRefused: () => undefined,
    now: () => performance.now() * 1000,
    after(milliseconds, callback) {
      const timer = setTimeout(callback, milliseconds / 1000);
      return () => clearTimeout(timer);
    },
    isThere: () => true,
    random: () => 0,
  });
  onTestFinished(async () => {
    await downloads.stop();
    await dispatcher.destroy();
    await simulator.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const whole = Buffer.from(await (await fetch(`${origin}/media/song.wav`)).arrayBuffer());
  const before = simulator.requests.length;
  const song = clip({ title: 'Song', audioUrl: `${origin}/media/${fault}/song.wav` });
  downloads.add(plannedFiles(task({ status: 'succeeded', clips: [song] }), { what: ['audio'], template: '{title}' }));
  await until(() => downloads.idle, Boolean);
  const files = readdirSync(folder);
  const [name] = files;
  return {
    end: seen.at(-1),
    attempts: seen.filter(({ state }) => state === 'started').length,
    files,
    isWhole: name !== undefined && readFileSync(join(folder, name)).equals(whole),
    requests: simulator.requests.slice(before),
  };
}

describe('a song at a host', () => {
  it.each([
    ['forbidden', '403'],
    ['html', 'a web page came instead of the file'],
    ['json', 'JSON came instead of the file'],
    ['loop', 'redirected in circles'],
    ['changed', 'its length changed meanwhile'],
    ['short', /^broke off after \d+ of \d+ bytes$/],
  ] as const)('with the fault %s is given up, and nothing stays', async (fault, message) => {
    const { end, files, attempts } = await downloadFrom(fault);
    expect(end).toMatchObject({ state: 'failed', message: expect.stringMatching(message) as string });
    expect(files).toEqual([]);
    expect(attempts).toBe({ short: 6, changed: 2 }[fault as string] ?? 1);
  });

  it.each(['reset', 'no-range', 'wrong-range'] as const)('with the fault %s is whole in the end', async fault => {
    const { end, files, isWhole, requests } = await downloadFrom(fault);
    expect([end?.state, files, isWhole]).toEqual(['saved', ['Song.wav'], true]);
    expect(requests[1]?.headers.range).toMatch(/^bytes=\d+-$/);
  });

  it('that redirects to another one gives it no token', async () => {
    const { end, isWhole, requests } = await downloadFrom('other-host');
    expect([end?.state, isWhole]).toEqual(['saved', true]);
    const told = requests.map(({ headers }) => [headers.host?.split(':')[0], headers.authorization !== undefined]);
    expect(told).toEqual([
      ['127.0.0.1', false],
      ['127.0.0.1', true],
      ['localhost', false],
    ]);
  });

  it('that sends a byte a second is left after a while', async () => {
    const simulator = await startSimulator({ scenario: { tasks: [] } });
    const folder = mkdtempSync(join(tmpdir(), 'cliptop-faults-'));
    const dispatcher = new Agent();
    onTestFinished(async () => {
      await dispatcher.destroy();
      await simulator.close();
      rmSync(folder, { recursive: true, force: true });
    });
    const song = clip({ title: 'Song', audioUrl: `${simulator.origin}/media/slow/song.wav` });
    const [file] = plannedFiles(task({ status: 'succeeded', clips: [song] }), { what: ['audio'], template: '{title}' });
    if (file === undefined) throw new Error('nothing is planned');
    const save = createSaveFile({ folder, dispatcher, apiOf: () => null, limits: { idleTimeout: 1500 } });
    const options = { signal: new AbortController().signal, onProgress: () => undefined, isLast: false };
    await expect(save(file, options)).rejects.toMatchObject({ kind: 'passing', message: 'the host is too slow' });
  });

  it('has been tried here with every fault there is', () => {
    const tried = ['forbidden', 'html', 'json', 'loop', 'changed', 'short', 'reset', 'no-range', 'wrong-range'];
    expect(Object.keys(mediaFaults).toSorted()).toEqual([...tried, 'other-host', 'slow'].toSorted());
  });
});
