/**
 * Keys that have a meaning, and what some parsers take for them: Go's `encoding/json` ignores letter case (and folds `ſ` to
 * `s` and the Kelvin sign to `k`), so to it `{"method":"ping","Method":"tools/call"}` is a tool call.
 */
export class KeyNames {
  private readonly exact: ReadonlySet<string>;
  private readonly folded: ReadonlySet<string>;

  constructor(names: readonly string[]) {
    this.exact = new Set(names);
    this.folded = new Set(names.map(fold));
  }

  /** A key of the object that is none of the names, but that some parser takes for one. */
  findLookalike(object: object): string | undefined {
    for (const key in object) {
      if (!this.exact.has(key) && this.folded.has(fold(key))) return key;
    }
    return undefined;
  }
}

/** The keys of a JSON-RPC message. */
export const envelopeKeys = new KeyNames(['jsonrpc', 'id', 'method', 'params', 'result', 'error']);

function fold(key: string): string {
  return key.toUpperCase().toLowerCase();
}
