import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { FrameworkError } from '@mcpplugins/framework-core';
import type { CliErrorCode } from '../errors/error-codes.js';
import type { Terminal } from '../terminal.js';

/**
 * The latest version of a package, as npm knows it with the user's own registry and credentials; undefined when the registry has
 * no such package.
 * @throws FrameworkError `REGISTRY_UNAVAILABLE`
 */
export async function latestVersion(
  name: string,
  directory: string,
  terminal: Terminal,
): Promise<string | undefined> {
  // npm is a script for a shell on Windows; a name that npm installed has nothing in it that a shell would act upon.
  const child = spawn('npm', ['view', `${name}@latest`, 'version', '--json'], {
    cwd: directory,
    env: terminal.env as NodeJS.ProcessEnv,
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  let cause: unknown;
  child.on('error', (error) => {
    cause = error;
  });
  await once(child, 'close').catch(() => undefined);
  const answer = readAnswer(output);
  if (typeof answer === 'string') return answer;
  const { code, summary } =
    (answer as { readonly error?: { code?: string; summary?: string } } | undefined)?.error ?? {};
  if (code === 'E404') return undefined;
  throw new FrameworkError<CliErrorCode>(
    'REGISTRY_UNAVAILABLE',
    `npm view ${name} failed${summary === undefined || summary === '' ? '' : `: ${summary}`}`,
    { cause },
  );
}

function readAnswer(output: string): unknown {
  try {
    return JSON.parse(output) as unknown;
  } catch {
    return undefined;
  }
}
