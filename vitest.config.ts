import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: 'test/global-setup.ts',
    // The pseudo-terminal tests start a real process each and wait for its screen.
    testTimeout: 20_000,
    // They mostly wait, but each begins with the start of a program: ten at once are no faster on two processors, and
    // keep one another from being done in time on a busy machine.
    maxConcurrency: 5,
    maxWorkers: 2,
  },
});
