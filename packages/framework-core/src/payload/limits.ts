/** Bounds of one payload. */
export interface PayloadLimits {
  /** UTF-8 bytes of all strings and keys, plus 8 for each number, boolean and null, plus the length of each Uint8Array. */
  readonly maxBytes: number;
  readonly maxDepth: number;
  readonly maxNodes: number;
}

/** Bounds for what is not a hook payload: state, metadata, details. */
export const smallLimits: PayloadLimits = Object.freeze({
  maxBytes: 1_000_000,
  maxDepth: 200,
  maxNodes: 200_000,
});
