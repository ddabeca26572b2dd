/**
 * Every code that `testing` can put on a `FrameworkError` besides those of the core, with what it means and what to do.
 * `docs/errors.md` is generated from this table.
 */
export const testingErrorCodes = {
  FIXTURE_INVALID: {
    meaning: 'A file of fixtures cannot be read, is not YAML or JSON, or has an entry that is no fixture.',
    action: 'Correct what the message names; it has file, line and column.',
  },
} as const satisfies Record<string, { readonly meaning: string; readonly action: string }>;

/** A code of `testing`. */
export type TestingErrorCode = keyof typeof testingErrorCodes;
