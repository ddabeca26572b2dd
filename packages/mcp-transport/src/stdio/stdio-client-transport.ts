import type { ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import spawn from 'cross-spawn';
import { TransportError } from '../errors/transport-error.js';
import { createChildEnvironment, type InheritedEnvironment } from './child-environment.js';
import { LineTransport, type LineTransportOptions } from './line-transport.js';
import { toSpawnError } from './spawn-error.js';
import { StderrTail } from './stderr-tail.js';
import { endProcessGroup, signalProcessTree } from './process-tree.js';

/** What a `StdioClientTransport` takes. */
export interface StdioClientTransportOptions extends LineTransportOptions {
  /** A program, found on the PATH like in a shell. No shell is involved. */
  readonly command: string;
  readonly args?: readonly string[] | undefined;
  /** Variables that the child gets besides those that it inherits. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Which variables of our own the child inherits. Default `safe`: those of `inheritedVariables`. */
  readonly inherit?: InheritedEnvironment | undefined;
  readonly cwd?: string | undefined;
  /** Milliseconds that the child gets after its stdin was ended, and again after SIGTERM. Default 2000. */
  readonly closeGraceMs?: number | undefined;
}

/** How a child process ended. */
export interface ProcessExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

type RunningChild = ChildProcess & {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
};

const defaultGraceMs = 2000;

/** Milliseconds without a byte after which the streams of an exited child are given up: somebody else holds them. */
const lingerMs = 500;

/**
 * The client's end of MCP over stdio: a server as a child process. The child's stderr is always read; its last lines
 * are kept. The child leads a process group, and closing ends the whole group.
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/lifecycle#shutdown
 */
export class StdioClientTransport extends LineTransport {
  /** Receives what the child writes to its stderr. */
  onstderr?: ((text: string) => void) | undefined;
  /** How the child ended, once it has. */
  exit: ProcessExit | undefined;
  protected override readonly splitBatches = true;
  private readonly options: StdioClientTransportOptions;
  private readonly tail = new StderrTail();
  private child: RunningChild | undefined;
  private closing: Promise<void> | undefined;
  private readonly gone: Promise<void>;
  private markGone: () => void = () => {};

  constructor(options: StdioClientTransportOptions) {
    super(options);
    this.options = options;
    this.gone = new Promise((resolve) => {
      this.markGone = resolve;
    });
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** The last lines of the child's stderr, at most `count`. */
  lastStderrLines(count: number): string {
    return this.tail.lastLines(count);
  }

  /**
   * Starts the child.
   * @throws TransportError `COMMAND_NOT_FOUND`, `COMMAND_NOT_EXECUTABLE`, `WORKING_DIRECTORY_NOT_FOUND`, `SPAWN_FAILED`,
   * `ALREADY_STARTED`
   */
  async start(): Promise<void> {
    if (this.child !== undefined)
      throw new TransportError('ALREADY_STARTED', 'the transport was started before');
    const child = this.spawn();
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', (error) => reject(toSpawnError(error, this.options)));
    });
    child.on('error', (error) => this.onerror?.(error));
    this.child = child;
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (text: string) => {
      this.tail.push(text);
      this.onstderr?.(text);
    });
    child.once('exit', (code, signal) => {
      this.exit = { code, signal };
      this.awaitStreams(child, 0);
    });
    child.once('close', () => this.end(child));
    this.attach(child.stdout, child.stdin);
  }

  /** Ends the child: end of its stdin, then SIGTERM, then SIGKILL to its whole process group. */
  override close(): Promise<void> {
    this.closing ??= this.child === undefined ? Promise.resolve() : this.stop(this.child);
    return this.closing;
  }

  protected override onReadEnd(): void {
    // A server without a stdout can answer nothing.
    void this.close();
  }

  protected override onWriteFailed(error: TransportError): void {
    this.onerror?.(error);
    void this.close();
  }

  private spawn(): RunningChild {
    const { command, args = [], cwd, env, inherit = 'safe' } = this.options;
    try {
      return spawn(command, [...args], {
        stdio: ['pipe', 'pipe', 'pipe'],
        env: createChildEnvironment(inherit, env),
        detached: process.platform !== 'win32',
        windowsHide: true,
        ...(cwd === undefined ? {} : { cwd }),
      }) as RunningChild;
    } catch (error) {
      throw toSpawnError(error, this.options);
    }
  }

  private async stop(child: RunningChild): Promise<void> {
    const graceMs = this.options.closeGraceMs ?? defaultGraceMs;
    this.resume();
    void this.writer?.whenFlushed().then(() => child.stdin.end());
    if (!(await this.goneWithin(graceMs))) {
      signalProcessTree(child, 'SIGTERM');
      if (!(await this.goneWithin(graceMs))) signalProcessTree(child, 'SIGKILL');
    }
    await this.gone;
  }

  private goneWithin(milliseconds: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), milliseconds);
      void this.gone.then(() => {
        clearTimeout(timer);
        resolve(true);
      });
    });
  }

  /** After the exit of the child, reads what is left, and gives up when a process that it started keeps the streams open. */
  private awaitStreams(child: RunningChild, bytesBefore: number): void {
    const timer = setTimeout(() => {
      const { bytesRead } = child.stdout as Readable & { readonly bytesRead: number };
      if (child.stdout.isPaused() || bytesRead > bytesBefore) {
        this.awaitStreams(child, bytesRead);
        return;
      }
      child.stdout.destroy();
      child.stderr.destroy();
    }, lingerMs);
    child.once('close', () => clearTimeout(timer));
  }

  private end(child: RunningChild): void {
    void endProcessGroup(child, this.options.closeGraceMs ?? defaultGraceMs).then(() => this.markGone());
    this.finish();
  }
}
