import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { FrameworkError } from '@mcpplugins/framework-core';
import type { CliErrorCode } from '../errors/error-codes.js';
import type { Terminal } from '../terminal.js';

/** A package of npm, with an optional version or range. */
const specPattern = /^(@[a-z0-9~-][\w.~-]*\/[a-z0-9~-][\w.~-]*|[a-z0-9~-][\w.~-]*)(@[\w.^~<>=|*-]+)?$/i;

/**
 * The name in what was asked for: `@acme/guard` of `@acme/guard@^1.2`.
 * @throws FrameworkError `INPUT_INVALID`
 */
export function packageName(spec: string): string {
  const name = specPattern.exec(spec)?.[1];
  if (name !== undefined) return name;
  throw new FrameworkError<CliErrorCode>(
    'INPUT_INVALID',
    `"${spec}" is no npm package, as @acme/guard or @acme/guard@^1.2`,
  );
}

/**
 * Runs `npm install`; what npm says goes to stderr.
 * @throws FrameworkError `PACKAGE_NOT_INSTALLABLE`
 */
export async function installPackage(spec: string, directory: string, terminal: Terminal): Promise<void> {
  // npm is a script for a shell on Windows; the pattern above has let nothing through that a shell would act upon.
  const child = spawn('npm', ['install', spec], {
    cwd: directory,
    env: terminal.env as NodeJS.ProcessEnv,
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.on('data', (chunk: Buffer) => terminal.stderr.write(chunk));
  child.stderr.on('data', (chunk: Buffer) => terminal.stderr.write(chunk));
  let cause: unknown;
  child.on('error', (error) => {
    cause = error;
  });
  const [code] = (await once(child, 'close').catch(() => [null])) as [number | null];
  if (code === 0 && cause === undefined) return;
  throw new FrameworkError<CliErrorCode>(
    'PACKAGE_NOT_INSTALLABLE',
    `npm install ${spec} failed in ${directory}`,
    { cause },
  );
}
