import type { Severity } from '@mcpplugins/config-loader';

/** Something that `doctor` would change, before it is known where it stands in the file. */
export interface Doubt {
  /** The plugin that it is about, if it is about one. */
  readonly plugin: string | undefined;
  readonly severity: Severity;
  /** Code of an error table; its action is the advice. */
  readonly code: string;
  readonly message: string;
}
