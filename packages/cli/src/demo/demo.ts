import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FrameworkError } from '@mcpplugins/framework-core';
import type { CliErrorCode } from '../errors/error-codes.js';
import { type ExitCode, exitCodes } from '../exit-code.js';
import { styleFor } from '../output/style.js';
import { writeJson } from '../output/write.js';
import { packageFile } from '../package-file.js';
import type { Terminal } from '../terminal.js';
import { demoCalls, isGuarded } from './demo-calls.js';
import { type DemoPackages, loadDemoPackages } from './demo-packages.js';
import type { CallAnswer, DecisionLine, DemoCallReport, DemoReport } from './demo-report.js';
import { startDemoSession } from './demo-session.js';
import { formatDemo } from './format-demo.js';

/** What `demo` takes. */
export interface DemoOptions {
  /** Configuration to guard with; default: the one that comes with this package. */
  readonly config?: string | undefined;
  readonly json: boolean;
}

/**
 * Runs the demo and prints it.
 * @throws FrameworkError `DEMO_PACKAGE_MISSING`, and `DEMO_NOT_GUARDED` after printing when a call was not guarded
 */
export async function demo(options: DemoOptions, terminal: Terminal): Promise<ExitCode> {
  const config =
    options.config === undefined
      ? packageFile('demo/plugins.yaml')
      : path.resolve(terminal.cwd, options.config);
  const packages = await loadDemoPackages({ needsPlugins: options.config === undefined });
  const report = await runDemo(packages, config, terminal);
  if (options.json) writeJson(terminal.stdout, report);
  else terminal.stdout.write(formatDemo(report, styleFor(terminal.stdout, terminal.env), terminal.cwd));
  if (report.isGuarded) return exitCodes.ok;
  if (options.json) return exitCodes.failure;
  throw new FrameworkError<CliErrorCode>('DEMO_NOT_GUARDED', notGuardedMessage(report));
}

/** Makes every call directly, then through `mcpplugins run`, and compares. */
async function runDemo(packages: DemoPackages, config: string, terminal: Terminal): Promise<DemoReport> {
  const server = [packages.serverScript];
  const direct = await callAll(packages, server, terminal);
  const folder = await mkdtemp(path.join(tmpdir(), 'mcpplugins-demo-'));
  try {
    const decisionsFile = path.join(folder, 'decisions.jsonl');
    const run = [
      packageFile('bin/mcpplugins.js'),
      'run',
      '-c',
      config,
      '--decisions',
      decisionsFile,
      '--log-level',
      'warn',
    ];
    const guarded = await callAll(packages, [...run, '--', process.execPath, ...server], terminal);
    const decisions = decisionsByRequest(await readFile(decisionsFile, 'utf8'));
    const calls = demoCalls.map((call, index): DemoCallReport => {
      const [before, after] = [answerAt(direct.answers, index), answerAt(guarded.answers, index)];
      const decided = decisions[index] ?? [];
      const { title, tool, args, expected } = call;
      return {
        title,
        tool,
        args,
        expected,
        before,
        after,
        decisions: decided,
        isGuarded: isGuarded(call, before, after, decided),
      };
    });
    const hasSameTools = direct.tools.json === guarded.tools.json;
    return {
      server: packages.server,
      config,
      toolCount: direct.tools.count,
      hasSameTools,
      calls,
      isGuarded: hasSameTools && calls.every((call) => call.isGuarded),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function callAll(packages: DemoPackages, args: readonly string[], terminal: Terminal) {
  await using session = await startDemoSession({ packages, args, terminal });
  const tools = await session.listTools();
  const answers: CallAnswer[] = [];
  for (const call of demoCalls) answers.push(await session.call(call.tool, call.args));
  return { tools, answers };
}

/** The decisions on tool calls, one list a request, in the order of the requests. */
function decisionsByRequest(text: string): readonly (readonly DecisionLine[])[] {
  const lines = text.split('\n').filter((line) => line !== '');
  const byRequest = new Map<string, DecisionLine[]>();
  for (const line of lines) {
    const decision = JSON.parse(line) as DecisionLine;
    if (!decision.hook.startsWith('tool_')) continue;
    const known = byRequest.get(decision.request);
    if (known === undefined) byRequest.set(decision.request, [decision]);
    else known.push(decision);
  }
  return [...byRequest.values()];
}

function answerAt(answers: readonly CallAnswer[], index: number): CallAnswer {
  const answer = answers[index];
  if (answer === undefined) throw new Error(`call ${index + 1} of the demo has no answer`);
  return answer;
}

function notGuardedMessage(report: DemoReport): string {
  const failed = report.calls.filter((call) => !call.isGuarded).map((call) => `"${call.title}"`);
  if (!report.hasSameTools) failed.push('"the guard lists exactly the tools of the server"');
  return `did not hold with ${report.config}: ${failed.join(', ')}`;
}
