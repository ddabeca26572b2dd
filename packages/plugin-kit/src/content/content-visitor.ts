import type { ContentPlace } from './content-place.js';

/**
 * What a plugin does at each value. Return the value itself to leave it: an untouched walk costs no copy. The same
 * visitor detects (return everything as it came), previews and rewrites, so what was scanned is what is masked.
 */
export interface ContentVisitor {
  /** Every string: also the decoded strings of JSON inside a string, and the text of a base64 blob. */
  text(text: string, place: ContentPlace): string;
  /**
   * Every number, with how it is written (of `4131034282458809939` a number keeps sixteen digits); may put a string or
   * null in its place. Numbers are passed over when this is missing.
   */
  readonly number?:
    ((value: number, place: ContentPlace, literal: string) => number | string | null) | undefined;
  /** Every property name of plain data. Names are passed over when this is missing. */
  readonly key?: ((key: string, place: ContentPlace) => string) | undefined;
}

/** Options of a walk. */
export interface ContentWalkOptions {
  /** Nesting that is walked, counting JSON inside of strings. Default 200. */
  readonly maxDepth?: number;
  /** Values and property names that are visited. Default 200 000. */
  readonly maxNodes?: number;
  /** Items of one array and properties of one object. Default: as many as `maxNodes`. */
  readonly maxItems?: number;
  /** Levels of JSON inside of strings that are opened. 0 opens none. Default 2. */
  readonly embeddedJsonLevels?: number;
  /** Longest base64 blob that holds text, in characters; a longer one is an error. Binary ones do not count. Default 1 398 104 (1 MiB decoded). */
  readonly maxBlobLength?: number;
  /** Whether header values are visited. Default false. */
  readonly headers?: boolean;
  /** Whether the name or URI of the operation's target is visited (its place is not writable). Default false. */
  readonly target?: boolean;
}
