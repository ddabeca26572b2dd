import module from 'node:module';
import { readVersion } from './version.js';

// Compiled code is kept between starts where Node can do that (22.1 and later); types are those of Node 20.
(module as { readonly enableCompileCache?: () => void }).enableCompileCache?.();

// A reader that went away (`mcpplugins … | head`) is not an error of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const words = process.argv.slice(2);
const exitCode = isVersionAsked(words) ? printVersion() : await runCommand(words);
// Streams may be asynchronous (pipes on Windows): what was said is written before the end.
await Promise.all(
  [process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write('', done))),
);
// Something that a plugin keeps open (a timer, a socket) must not keep the command from ending.
process.exit(exitCode);

function isVersionAsked([first, ...more]: readonly string[]): boolean {
  return more.length === 0 && (first === '--version' || first === '-V');
}

/** Scripts and editors ask for the version often: it needs no command line parser. */
function printVersion(): number {
  process.stdout.write(`${readVersion()}\n`);
  return 0;
}

async function runCommand(command: readonly string[]): Promise<number> {
  const [{ runCli }, { processTerminal }] = await Promise.all([
    import('./run-cli.js'),
    import('./terminal.js'),
  ]);
  return runCli(command, processTerminal());
}
