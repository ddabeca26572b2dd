import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { packageFile } from '../package-file.js';

/** What `GuardProcess` takes. */
export interface GuardProcessOptions {
  /** Words after `mcpplugins gateway`. */
  readonly words: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A line that it logs. */
  readonly onLog: (line: string) => void;
  /** It ended by itself. */
  readonly onEnd: (exitCode: number | null) => void;
}

/** The gateway in a process of its own: only a new process imports a changed module anew. */
export class GuardProcess {
  private readonly options: GuardProcessOptions;
  private child: ChildProcess | undefined;

  constructor(options: GuardProcessOptions) {
    this.options = options;
  }

  /** Starts it; resolves with its address once it listens, or with undefined when it ended before. */
  async start(): Promise<string | undefined> {
    const { words, cwd, env, onLog, onEnd } = this.options;
    const child = spawn(process.execPath, [packageFile('bin/mcpplugins.js'), 'gateway', ...words], {
      cwd,
      env: { ...env, NO_COLOR: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.child = child;
    let rest = '';
    const address = new Promise<string | undefined>((resolve) => {
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          const [url] = /http:\/\/[\w.:[\]]+\//.exec(line) ?? [];
          if (url === undefined) onLog(line);
          else resolve(url);
        }
      });
      child.on('error', () => resolve(undefined));
      child.on('close', (code) => {
        if (rest !== '') onLog(rest);
        resolve(undefined);
        if (this.child !== child) return;
        this.child = undefined;
        onEnd(code);
      });
    });
    return address;
  }

  /** Ends it, at once after five seconds. */
  async stop(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
    await closed;
    clearTimeout(timer);
  }
}
