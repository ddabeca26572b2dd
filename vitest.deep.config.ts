import { defineConfig } from 'vitest/config';

/** The long suites of `npm run test:deep`: files named `*.deep.test.ts`, and the ordinary ones with MCPPLUGINS_DEEP=1. */
export default defineConfig({
  test: {
    include: ['test/**/*.deep.test.ts'],
    testTimeout: 1_800_000,
    env: { MCPPLUGINS_DEEP: '1', FORCE_COLOR: '0' },
  },
});
