import { Console } from 'node:console';

const methods = ['debug', 'dir', 'error', 'info', 'log', 'table', 'trace', 'warn'] as const;

/** Sends what is written with the global `console` to a stream, until it is disposed: stdout belongs to the protocol. */
export function redirectConsole(stream: NodeJS.WritableStream): Disposable {
  const redirected = new Console({ stdout: stream, stderr: stream });
  const originals = methods.map((method) => [method, console[method]] as const);
  for (const method of methods) console[method] = redirected[method].bind(redirected);
  return {
    [Symbol.dispose]() {
      for (const [method, original] of originals) console[method] = original;
    },
  };
}
