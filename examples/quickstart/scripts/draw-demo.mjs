/**
 * Runs `mcpplugins demo` and draws what it prints: `npm run picture` writes docs/images/demo.svg.
 * With --stdout the picture is printed instead.
 */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { terminalPicture } from './terminal-picture.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const { NO_COLOR: _, ...env } = process.env;
const { stdout } = await promisify(execFile)(
  process.execPath,
  ['packages/cli/bin/mcpplugins.js', 'demo', '-c', 'examples/quickstart/plugins.yaml'],
  { cwd: root, env: { ...env, FORCE_COLOR: '1' } },
);
const picture = terminalPicture(stdout, { title: 'npm run demo' });
if (process.argv.includes('--stdout')) process.stdout.write(picture);
else await writeFile(`${root}docs/images/demo.svg`, picture);
