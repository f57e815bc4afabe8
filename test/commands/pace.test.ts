import { expect, test } from 'vitest';
import { defaultTargetDelay } from '../../source/poll/pacing.ts';
import { initialState } from '../../source/store/state.ts';
import { createTestUser } from '../helpers/test-user.ts';
import { task } from '../helpers/tasks.ts';

const running = [task({ id: 'a', status: 'running' })];

test('where the interval is learned, + and - move the delay that is aimed at, and say what that brings', () => {
  const user = createTestUser(running, { interval: 'auto' });
  // The state and the poller begin with the same one.
  expect(initialState.targetDelay).toBe(defaultTargetDelay);
  user.press('+');
  expect(user.flash()).toBe('auto: fewer requests, ends known about 3s late');
  user.press('-', '-');
  expect(user.flash()).toBe('auto: more requests, ends known about 1s late');
  user.press('-');
  expect(user.flash()).toBe('auto: ends known about 1s late is the soonest it asks for');
  const usual = `ends known ${defaultTargetDelay} late`;
  expect(user.asked).toEqual(['ends known 3000 late', usual, 'ends known 1000 late']);
});

test('while it is paused they say from when on', () => {
  const user = createTestUser(running, { interval: 'auto', paused: true });
  user.press('+');
  expect(user.flash()).toBe('auto: fewer requests, ends known about 3s late, once p resumes');
});
