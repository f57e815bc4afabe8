import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: 'test/global-setup.ts',
    // The pseudo-terminal tests start a real process each and wait for its screen.
    testTimeout: 20_000,
    // They mostly wait.
    maxConcurrency: 10,
    maxWorkers: 2,
    // A real terminal on a machine that is busy with something else may be late; what is broken stays so.
    retry: process.env.CI === undefined ? 0 : 2,
  },
});
