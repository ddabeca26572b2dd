import type { Node } from 'jsonc-parser';
import { type ClientServer, valueOf } from './client-config.js';

/** What of an entry decides how its server is started. */
export interface ServerEntry {
  /** `wrapped` by this command, `guarded` by hand, `remote` behind a url, `unclear` for `reason`. */
  readonly kind: 'plain' | 'wrapped' | 'guarded' | 'remote' | 'unclear';
  readonly reason?: string;
  readonly command?: Node;
  readonly args?: Node;
  /** Of a wrapped entry: index of the server's own command in `args`. */
  readonly originalIndex?: number;
}

const binPattern = /(?:^|[\\/])mcpplugins\.js$/;
const ownPattern = /(?:^|[\\/])mcpplugins(?:\.js|\.cmd)?$|^@mcpplugins\/cli(?:@|$)/;

/**
 * Reads how an entry starts its server.
 * @throws FrameworkError `CLIENT_CONFIG_INVALID` when a key is there twice
 */
export function readEntry({ node }: ClientServer, file: string): ServerEntry {
  const command = valueOf(node, 'command', file);
  const args = valueOf(node, 'args', file);
  if (command === undefined) {
    const isRemote = ['url', 'serverUrl', 'httpUrl'].some((key) => valueOf(node, key, file) !== undefined);
    return isRemote ? { kind: 'remote' } : { kind: 'unclear', reason: 'it has neither command nor url' };
  }
  if (command.type !== 'string') return { kind: 'unclear', reason: 'its command is not a string' };
  if (args !== undefined && !isListOfStrings(args)) {
    return { kind: 'unclear', reason: 'its args are not a list of strings' };
  }
  const words = [command, ...(args?.children ?? [])].map((word) => String(word.value));
  const originalIndex = originalIn(words.slice(1));
  const kind = originalIndex === undefined ? (isOwn(words) ? 'guarded' : 'plain') : 'wrapped';
  return {
    kind,
    command,
    ...(args !== undefined && { args }),
    ...(originalIndex !== undefined && { originalIndex }),
  };
}

/** Values of `args`. */
export function wordsOf(args: Node | undefined): readonly string[] {
  return (args?.children ?? []).map((word) => String(word.value));
}

/** Index of the server's own command in the arguments of a wrapped entry. */
function originalIn(args: readonly string[]): number | undefined {
  const [bin = '', verb] = args;
  const end = args.indexOf('--');
  const isWrapped = binPattern.test(bin) && verb === 'run' && end > 1 && end + 1 < args.length;
  return isWrapped ? end + 1 : undefined;
}

/** Whether somebody put `mcpplugins run` in front by hand, in whichever way (`npx mcpplugins run …`). */
function isOwn(words: readonly string[]): boolean {
  const run = words.indexOf('run');
  return run > 0 && words.slice(0, run).some((word) => ownPattern.test(word));
}

function isListOfStrings(node: Node): boolean {
  return node.type === 'array' && (node.children ?? []).every(({ type }) => type === 'string');
}
