// Starts a command and copies what it gets on stdin to a file: node tee-stdin.mjs FILE COMMAND…
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';

const [file = '', command = '', ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['pipe', 'inherit', 'inherit'] });
process.stdin.pipe(createWriteStream(file));
process.stdin.pipe(child.stdin);
child.on('exit', (code) => process.exit(code ?? 1));
