import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export const bin = fileURLToPath(new URL('../../bin/mcpplugins.js', import.meta.url));
export const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));
export const rawServer = ['node', 'raw-server.mjs'] as const;

/** A running `mcpplugins` whose stdin and stdout the test holds, like a client. */
export class RunningCli {
  readonly child: ChildProcessWithoutNullStreams;
  stdout = '';
  stderr = '';
  private readonly ended: Promise<unknown>;

  constructor(...words: readonly string[]) {
    const { NO_COLOR: _, FORCE_COLOR: __, ...env } = process.env;
    this.child = spawn(process.execPath, [bin, ...words], { cwd: fixtures, env });
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
    });
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    // A command that ends early no longer reads what the test writes.
    this.child.stdin.on('error', () => {});
    this.ended = once(this.child, 'close');
  }

  send(message: Readonly<Record<string, unknown>>): void {
    this.child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  }

  callEcho(id: number, message: string): void {
    this.send({ id, method: 'tools/call', params: { name: 'echo', arguments: { message } } });
  }

  /** What was written to stdout, line by line. Throws when a line is not JSON: only the protocol may be there. */
  get messages(): readonly Readonly<Record<string, unknown>>[] {
    const lines = this.stdout.split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  }

  /** The message with an id, once it is there. */
  async answer(id: number): Promise<Readonly<Record<string, unknown>>> {
    for (;;) {
      const found = this.messages.find((message) => message['id'] === id);
      if (found !== undefined) return found;
      if (this.child.exitCode !== null) throw new Error(`ended without an answer to ${id}: ${this.stderr}`);
      await Promise.race([once(this.child.stdout, 'data'), this.ended]);
    }
  }

  /** Resolves once stderr has a text. */
  async said(text: string): Promise<void> {
    while (!this.stderr.includes(text)) {
      if (this.child.exitCode !== null) throw new Error(`ended without saying "${text}": ${this.stderr}`);
      await Promise.race([once(this.child.stderr, 'data'), this.ended]);
    }
  }

  /** The exit code, once the process is gone and everything that it wrote has been read. */
  async exitCode(): Promise<number | null> {
    await this.ended;
    return this.child.exitCode;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}
