import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { ClosingLineReporter } from './scripts/closing-line-reporter.ts';

// One run for the whole repository. Tests that start processes or brokers are ordinary tests here: two workers, since
// most of their time is waiting.
const config: ViteUserConfig = defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.ts', 'examples/*/*.test.ts', 'scripts/**/*.test.ts', 'tests/**/*.test.ts'],
    reporters: ['default', new ClosingLineReporter()],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // On a shared CI machine a process may starve; whoever needed the second try is named at the end.
    retry: process.env.CI ? 1 : 0,
    maxWorkers: 2,
    pool: 'forks',
  },
});

export default config;
