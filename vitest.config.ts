import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // The pseudo-terminal tests start a real process each and wait for its screen.
    testTimeout: 20_000,
  },
});
