import { defineConfig } from 'vitest/config';

/**
 * Shared by every package: `vitest run --config ../../vitest.config.ts` (root = the package). The JSON report is what
 * `npm test` counts from.
 */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/*.deep.test.ts'],
    typecheck: { enabled: false },
    // Real processes on a busy machine: a limit is for what hangs, not for what is slow.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Task runners force colour, terminals may have it: what a child process prints must not depend on who runs its test.
    env: { FORCE_COLOR: '0' },
    reporters: [
      'default',
      ['json', { outputFile: `.results/${process.env['MCPPLUGINS_TEST_REPORT'] ?? 'vitest'}.json` }],
    ],
    coverage: { provider: 'v8', include: ['src/**'], reporter: ['text', 'lcov'] },
  },
});
