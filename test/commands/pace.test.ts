import { expect, test } from 'vitest';
import { createTestUser } from '../helpers/test-user.ts';
import { task } from '../helpers/tasks.ts';

const running = [task({ id: 'a', status: 'running' })];

test('where the interval is learned, + and - move the delay that is aimed at, and say what that brings', () => {
  const user = createTestUser(running, { interval: 'auto' });
  user.press('+');
  expect(user.flash()).toBe('auto: fewer requests, ends known about 3s late');
  user.press('-', '-');
  expect(user.flash()).toBe('auto: more requests, ends known about 1s late');
  user.press('-');
  expect(user.flash()).toBe('auto: ends known about 1s late is the soonest it asks for');
  expect(user.asked).toEqual(['ends known 3000 late', 'ends known 2100 late', 'ends known 1000 late']);
});

test('while it is paused they say from when on', () => {
  const user = createTestUser(running, { interval: 'auto', paused: true });
  user.press('+');
  expect(user.flash()).toBe('auto: fewer requests, ends known about 3s late, once p resumes');
});
