import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describeError } from '@mcpplugins/framework-core';
import { type ExitCode, exitCodes } from '../exit-code.js';
import { findConfig } from '../guard/find-config.js';
import { styleFor } from '../output/style.js';
import { printable } from '../output/write.js';
import { packageFile } from '../package-file.js';
import { watchSignals } from '../run/process-watch.js';
import type { Terminal } from '../terminal.js';
import { build, buildCommandOf } from './build-command.js';
import { followDecisions } from './follow-decisions.js';
import { GuardProcess } from './guard-process.js';
import { makeSampleCall, parseSampleCall } from './sample-call.js';
import { watchSource } from './watch-source.js';

/** What `dev` takes. */
export interface DevOptions {
  readonly config?: string | undefined;
  /** Command that builds the plugin; default: the `build` script of package.json. Empty: none. */
  readonly build?: string | undefined;
  readonly port: number;
  /** The server to stand in front of; default: the sample server. */
  readonly command: readonly string[];
}

/**
 * Runs a plugin while it is written: builds it, puts it in front of a server, shows every decision, makes the calls that are
 * typed, and starts anew when the source changes. Ends with its input, or by a signal.
 * @throws FrameworkError `CONFIG_NOT_GIVEN`
 */
export async function dev(options: DevOptions, terminal: Terminal): Promise<ExitCode> {
  const config = path.resolve(terminal.cwd, findConfig(options.config, terminal));
  const folder = path.dirname(config);
  const style = styleFor(terminal.stdout, terminal.env);
  const print = (text: string) => terminal.stdout.write(`${text}\n`);
  const command = buildCommandOf(folder, options.build);
  const scratch = mkdtempSync(path.join(tmpdir(), 'mcpplugins-dev-'));
  using _scratch = { [Symbol.dispose]: () => rmSync(scratch, { recursive: true, force: true }) };
  const decisions = path.join(scratch, 'decisions.jsonl');
  writeFileSync(decisions, '');
  const servers = writeServers(scratch, options.command, folder);
  using decided = followDecisions(decisions, style, print);

  const stopping = new AbortController();
  const guard = new GuardProcess({
    words: ['-c', config, '--servers', servers, '--port', String(options.port), '--decisions', decisions],
    cwd: terminal.cwd,
    env: terminal.env,
    onLog: (line) => {
      if (isNews(line)) print(style.dim(printable(`  ${line}`)));
    },
    onEnd: () => print(style.red('the plugin does not run; waiting for a change of the source')),
  });
  let url: string | undefined;
  const start = async () => {
    if (command !== undefined) {
      const { isDone, output } = await build(command, folder, stopping.signal);
      if (stopping.signal.aborted) return;
      if (!isDone) {
        print(`${style.red(`${command} failed; what ran before goes on`)}\n${printable(output.trimEnd())}`);
        return;
      }
    }
    await guard.stop();
    const address = await guard.start();
    if (address === undefined || stopping.signal.aborted) return;
    const isFirst = url === undefined;
    url = `${address}servers/sample/mcp`;
    print(isFirst ? introduction(url, style.bold) : style.green('started anew'));
  };
  // One after the other: a change while a build runs waits for it.
  let working = start();
  using _source = watchSource(folder, [path.relative(folder, config)], (file) => {
    print(style.dim(`${printable(file)} has changed`));
    working = working.then(start);
  });
  const reader = createInterface({ input: terminal.stdin });
  using _signals = watchSignals(terminal.events, () => reader.close());
  for await (const line of reader) {
    if (line.trim() === '') continue;
    await working;
    if (url === undefined) print(style.red('nothing runs that could be called'));
    else {
      print(`> ${printable(line)}`);
      const answer = await call(line, url, style.red);
      // What was decided comes before what came of it.
      await decided.caughtUp();
      print(answer);
    }
  }
  stopping.abort();
  await working;
  await guard.stop();
  return url === undefined ? exitCodes.failure : exitCodes.ok;
}

/** Decisions are shown as such; of the rest, what goes wrong and what became of a changed configuration. */
function isNews(line: string): boolean {
  return !line.startsWith('mcpplugins info') || line.includes('configuration');
}

async function call(line: string, url: string, red: (text: string) => string): Promise<string> {
  try {
    return `< ${printable(await makeSampleCall(parseSampleCall(line), url))}`;
  } catch (error) {
    return red(printable(describeError(error)));
  }
}

function writeServers(scratch: string, command: readonly string[], cwd: string): string {
  const [program = process.execPath, ...args] =
    command.length > 0 ? command : [process.execPath, packageFile('sample/server.mjs')];
  const file = path.join(scratch, 'servers.json');
  writeFileSync(file, JSON.stringify({ mcpServers: { sample: { command: program, args, cwd } } }));
  return file;
}

function introduction(url: string, bold: (text: string) => string): string {
  return `${bold('The plugin runs in front of a server.')} From an MCP client:

  ${JSON.stringify({ mcpServers: { sample: { type: 'http', url } } })}

  npx @modelcontextprotocol/inspector --cli ${url} --transport http --method tools/list

Call a tool from here: its name and arguments, then enter. Of the sample server:
  echo {"message":"hello"}      echo hello      read_note
Every decision is shown. Ctrl+D ends.
`;
}
