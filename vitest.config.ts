import { defineConfig } from 'vitest/config';

// One run for the whole repository. Tests that start processes or brokers are ordinary tests here: two workers, since
// most of their time is waiting.
export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.ts', 'examples/*/*.test.ts', 'scripts/**/*.test.ts', 'tests/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    pool: 'forks',
  },
});
