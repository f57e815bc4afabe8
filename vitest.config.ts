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
  },
});
