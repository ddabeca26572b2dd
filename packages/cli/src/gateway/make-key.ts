import { generateKey, hashKey } from '@mcpplugins/gateway';
import { type ExitCode, exitCodes } from '../exit-code.js';
import { writeJson } from '../output/write.js';
import type { Terminal } from '../terminal.js';

/** Makes a key for a client and prints it with its hash. */
export function makeKey({ json }: { readonly json: boolean }, { stdout }: Terminal): ExitCode {
  const key = generateKey();
  const hash = hashKey(key);
  if (json) writeJson(stdout, { key, hash });
  else
    stdout.write(
      `The key, for the client (Authorization: Bearer …):\n  ${key}\n\nIts hash, for the configuration:\n  gateway:\n    auth:\n      keys:\n        - { name: CLIENT, hash: '${hash}' }\n`,
    );
  return exitCodes.ok;
}
