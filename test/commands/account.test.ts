import { describe, expect, it } from 'vitest';
import { settled } from '../helpers/fake-clock.ts';
import { clip, task } from '../helpers/tasks.ts';
import { createTestUser } from '../helpers/test-user.ts';

const now = Date.now();
const id = (index: number) => `11111111-1111-4111-8111-${String(index).padStart(12, '0')}`;
const song = (index: number) =>
  task({
    ...{ id: id(index), source: 'xhuo/producer', status: 'succeeded' },
    submittedAt: now - (index + 1) * 3_700_000,
    clips: [clip({ title: `Song ${index}` })],
  });
const songs = (count: number) => Array.from({ length: count }, (_, index) => song(index));

async function offering(tasks = songs(4), size = { columns: 100, rows: 20 }) {
  const user = createTestUser([task({ id: 'task_a' })], { size });
  user.listed.answer = Promise.resolve(tasks);
  user.press('A');
  await settled();
  return user;
}

describe('the picker of the account', () => {
  it('shows title, age and state of each, and adds the chosen one', async () => {
    const user = await offering();
    expect(user.screen()[3]).toMatch(/^the account's last tasks {2}Space marks, Enter adds, Esc closes/);
    expect(user.screen()[4]).toMatch(/^> ✓ succeeded +Song 0 +1h ago {2}xhuo/);
    user.press('j', 'enter');
    expect(user.state().overlays).toEqual([]);
    expect(user.flash()).toBe('added 1 task');
    expect(user.shown()).toContain(id(1));
  });

  it('adds all that are marked, and what is added can be undone', async () => {
    const user = await offering();
    user.press('space', 'j', 'space');
    expect(user.screen()[3]).toContain('2 marked');
    expect(user.screen()[4]).toMatch(/^◉ ✓/);
    user.press('enter');
    expect(user.flash()).toBe('added 2 tasks');
    expect(user.shown()).toEqual(expect.arrayContaining([id(0), id(2)]));
  });

  it('scrolls with what is chosen, and stops at both ends', async () => {
    const user = await offering(songs(50));
    const chosen = () => user.screen().find(line => line.startsWith('>'));
    user.press('G', 'down');
    expect(chosen()).toContain('Song 49');
    expect(user.screen()[3]).toMatch(/36-50 of 50|\d+-50 of 50$/);
    user.press('pageup', 'g', 'up');
    expect(chosen()).toContain('Song 0');
  });

  it('closes with Esc and with q, and leaves the marks of the table alone', async () => {
    const user = await offering();
    user.press('space', 'escape');
    expect([user.state().overlays, user.marked(), user.left]).toEqual([[], [], []]);
    user.press('A');
    await settled();
    user.press('q');
    expect([user.state().overlays, user.left]).toEqual([[], []]);
  });

  it('says what it waits for, and takes no answer that comes after Esc', async () => {
    const user = createTestUser([]);
    const late = Promise.withResolvers<ReturnType<typeof songs>>();
    user.listed.answer = late.promise;
    user.press('A');
    expect(user.screen().join('\n')).toContain('asking for them');
    user.press('enter', 'space', 'escape');
    late.resolve(songs(2));
    await settled();
    expect(user.state().overlays).toEqual([]);
  });

  it('says why there is none', async () => {
    const user = createTestUser([]);
    user.listed.answer = Promise.reject(new Error('xhuo cannot list tasks: give ids (400)'));
    user.press('A');
    await settled();
    expect([user.state().overlays, user.flash()]).toEqual([[], 'xhuo cannot list tasks: give ids (400)']);
    expect((await offering([])).screen().join('\n')).toContain('every one is on the list: Esc closes this');
  });

  it('fits into a narrow pane', async () => {
    const user = await offering(songs(3), { columns: 32, rows: 10 });
    for (const line of user.screen()) expect(line.length).toBeLessThanOrEqual(32);
    expect(user.screen().join('\n')).toMatch(/> ✓ succeeded .*1h ago/);
  });
});
