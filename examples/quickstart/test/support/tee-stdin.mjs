// Starts a command and copies what it gets on stdin to a file: node tee-stdin.mjs FILE COMMAND…
// The file has a chunk before the command does, so that whoever saw the command's answer finds its question there.
import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';

const [file = '', command = '', ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['pipe', 'inherit', 'inherit'] });
process.stdin.on('data', (chunk) => {
  appendFileSync(file, chunk);
  child.stdin.write(chunk);
});
process.stdin.on('end', () => child.stdin.end());
child.on('exit', (code) => process.exit(code ?? 1));
