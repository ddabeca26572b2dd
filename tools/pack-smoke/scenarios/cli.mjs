// The command prints its version.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const { version } = JSON.parse(process.argv[2] ?? '{}');
const manifest = new URL(import.meta.resolve('@mcpplugins/cli/package.json'));
const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
const command = fileURLToPath(new URL(bin.mcpplugins, manifest));
const { status, stdout, stderr } = spawnSync(process.execPath, [command, '--version'], { encoding: 'utf8' });
assert.equal(status, 0, stderr);
assert.ok(stdout.includes(version), `mcpplugins --version printed ${stdout}, not ${version}`);
console.log(`mcpplugins --version printed ${stdout.trim()}`);
