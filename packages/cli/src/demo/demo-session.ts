import type { Terminal } from '../terminal.js';
import { leakedVariable } from './demo-calls.js';
import type { DemoPackages } from './demo-packages.js';
import type { CallAnswer } from './demo-report.js';

const violationKey = 'mcpplugins.dev/violation';

/** A connected client of the demo. */
export interface DemoSession extends AsyncDisposable {
  /** The tool definitions as JSON. */
  listTools(): Promise<{ readonly json: string; readonly count: number }>;
  call(tool: string, args: Readonly<Record<string, unknown>>): Promise<CallAnswer>;
}

/** What `startDemoSession` takes. */
export interface DemoSessionOptions {
  readonly packages: DemoPackages;
  readonly args: readonly string[];
  readonly terminal: Terminal;
}

/** Starts a server with this Node and connects a client to it, as an MCP client application does. */
export async function startDemoSession({
  packages,
  args,
  terminal,
}: DemoSessionOptions): Promise<DemoSession> {
  const client = new packages.Client({ name: 'mcpplugins-demo', version: '1.0.0' });
  const transport = new packages.StdioClientTransport({
    command: process.execPath,
    args: [...args],
    env: { ...definedOnly(terminal.env), [leakedVariable.name]: leakedVariable.value },
    stderr: 'pipe',
  });
  let log = '';
  transport.stderr?.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  try {
    await client.connect(transport);
  } catch (error) {
    // What the process said last explains more than "connection closed".
    terminal.stderr.write(log);
    await client.close();
    throw error;
  }
  return {
    async listTools() {
      const { tools } = await client.listTools();
      return { json: JSON.stringify(tools), count: tools.length };
    },
    async call(tool, callArgs) {
      return answerOf(await client.callTool({ name: tool, arguments: { ...callArgs } }));
    },
    async [Symbol.asyncDispose]() {
      await client.close();
    },
  };
}

function answerOf(result: Readonly<Record<string, unknown>>): CallAnswer {
  const content = Array.isArray(result['content']) ? (result['content'] as readonly unknown[]) : [];
  const texts = content.flatMap((item) => {
    const { text } = item as { readonly text?: unknown };
    return typeof text === 'string' ? [text] : [];
  });
  const meta = result['_meta'] as Readonly<Record<string, unknown>> | undefined;
  return {
    text: relevantPart(texts.join('\n')),
    isError: result['isError'] === true,
    violation: meta?.[violationKey],
    holds: (text) => JSON.stringify(result).includes(text),
  };
}

/** The line with the leaked variable, where the answer is a whole environment; otherwise everything. */
function relevantPart(text: string): string {
  const line = text.split('\n').find((candidate) => candidate.includes(`"${leakedVariable.name}"`));
  return line === undefined ? text : line.trim().replace(/,$/, '');
}

function definedOnly(env: Terminal['env']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
