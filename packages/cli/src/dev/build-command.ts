import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** How a project is built: as it is told, or by the `build` script of its package.json; undefined: not at all. */
export function buildCommandOf(folder: string, given: string | undefined): string | undefined {
  if (given !== undefined) return given === '' ? undefined : given;
  const file = path.join(folder, 'package.json');
  if (!existsSync(file)) return undefined;
  const { scripts } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly scripts?: { readonly build?: unknown };
  };
  return scripts?.build === undefined ? undefined : 'npm run --silent build';
}

/** What came of a build. */
export interface BuildResult {
  readonly isDone: boolean;
  /** What it printed, both streams in order. */
  readonly output: string;
}

/** Builds a project; the command goes to a shell, as it was typed. */
export async function build(command: string, folder: string, signal: AbortSignal): Promise<BuildResult> {
  const child = spawn(command, { cwd: folder, shell: true, stdio: ['ignore', 'pipe', 'pipe'], signal });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ isDone: false, output: error.message }));
    child.on('close', (code) => resolve({ isDone: code === 0, output }));
  });
}
