import { createRequire } from 'node:module';
import path from 'node:path';

/** What `stdioFaultServer` takes. */
export interface StdioFaultServerOptions {
  /** What the server does wrong from its start on. */
  readonly startFault?: StdioStartFault | undefined;
  /** The version that its plugin says it has. */
  readonly version?: string | undefined;
}

/** What a `stdioFaultServer` can do wrong from its start on. */
export type StdioStartFault =
  | 'none'
  | 'exit-at-once'
  | 'usage'
  | 'silent'
  | 'ignore-everything'
  | 'grandchild'
  | 'not-a-plugin-server'
  | 'future-revision'
  | 'unknown-plugin'
  | 'other-name'
  | 'other-case'
  | 'unknown-hooks'
  | 'says-disabled'
  | 'foreign-context';

/** An `mcp` block that starts a plugin server over stdio. A type, so that it is assignable to what takes any block. */
export type StdioFaultServer = {
  readonly proto: 'STDIO';
  readonly cmd: readonly [string, ...string[]];
  readonly reconnect_delay: number;
};

/**
 * The `mcp` block of a plugin server over stdio that does what a hook call's `args.fault` says, and everything else right. Nothing runs
 * until a host starts it.
 */
export function stdioFaultServer({
  startFault = 'none',
  version,
}: StdioFaultServerOptions = {}): StdioFaultServer {
  const manifest = createRequire(import.meta.url).resolve('@mcpplugins/testing/package.json');
  const program = path.join(path.dirname(manifest), 'dist/fault-server/stdio-program.js');
  const args = [startFault, ...(version === undefined ? [] : [version])];
  return { proto: 'STDIO', cmd: [process.execPath, program, ...args], reconnect_delay: 0.05 };
}
