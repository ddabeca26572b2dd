import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './paths.js';

const inspector = createRequire(import.meta.url).resolve('@modelcontextprotocol/inspector/package.json');
const launcher = path.join(path.dirname(inspector), 'clients', 'launcher', 'build', 'index.js');

/** What the MCP Inspector said and how it ended. */
export interface Inspection {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** Runs `inspector --cli …` at the root of the repository, with a home of its own that is gone afterwards. */
export async function inspect(...args: readonly string[]): Promise<Inspection> {
  const home = await mkdtemp(path.join(tmpdir(), 'inspector-home-'));
  try {
    return await new Promise((resolve, reject) => {
      const env = { ...process.env, HOME: home, USERPROFILE: home, MCP_INSPECTOR_SECRET_STORE: 'memory' };
      const options = { cwd: root, env, maxBuffer: 64 * 1024 * 1024 };
      execFile(process.execPath, [launcher, '--cli', ...args], options, (error, stdout, stderr) => {
        if (error !== null && typeof error.code !== 'number') reject(error);
        else resolve({ stdout, stderr, exitCode: error === null ? 0 : Number(error.code) });
      });
    });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
