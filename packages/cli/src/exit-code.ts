/** Exit codes of every command. They are part of the interface: scripts depend on them. */
export const exitCodes = {
  /** What was asked for happened. */
  ok: 0,
  /** It was asked for correctly and failed: the server did not start, a check found a fault. */
  failure: 1,
  /** The command line or the configuration is wrong; nothing was started. */
  usage: 2,
} as const;

/** An exit code of the command. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
