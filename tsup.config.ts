import { defineConfig } from 'tsup';

/** Shared by every package: `tsup --config ../../tsup.config.ts` (cwd = the package). JS only; tsc emits the .d.ts. */
export default defineConfig({
  format: ['esm'],
  target: 'node20',
  platform: 'node',
  splitting: true,
  sourcemap: false,
  clean: true,
  dts: false,
  silent: true,
  removeNodeProtocol: false,
});
