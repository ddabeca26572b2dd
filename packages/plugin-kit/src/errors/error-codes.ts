/** Every code that `plugin-kit` can put on a `FrameworkError`. `docs/errors.md` is generated from this table. */
export const pluginKitErrorCodes = {
  CONTENT_TOO_DEEP: {
    meaning: 'Content is nested deeper than the walker goes, counting JSON inside of strings.',
    action: 'Refuse such content, or raise `maxDepth` of the walk.',
  },
  CONTENT_TOO_LARGE: {
    meaning:
      'Content has more values than one walk visits, or one of its strings is longer than a plugin scans.',
    action: 'Refuse such content, or raise the limit that the message names.',
  },
  PATTERN_INVALID: {
    meaning:
      'A regular expression in the configuration cannot be compiled, or uses look-around or back-references.',
    action: 'Correct it at the place that the message shows; RE2 syntax is what works.',
  },
} as const;

/** A code of `pluginKitErrorCodes`. */
export type PluginKitErrorCode = keyof typeof pluginKitErrorCodes;
