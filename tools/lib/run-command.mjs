import { spawn } from 'node:child_process';

/**
 * Runs a command to its end and gives back what it printed, both streams in order.
 *
 * @param {readonly string[]} command
 * @param {{ cwd: string; env: NodeJS.ProcessEnv; expected?: number }} options `expected`: exit code; default 0
 * @returns {Promise<string>}
 */
export async function runCommand([program = '', ...args], { cwd, env, expected = 0 }) {
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== expected)
    throw new Error(
      `${[program, ...args].join(' ')} ended with ${code}, not ${expected}:\n${output.slice(-3000)}`,
    );
  return output;
}
