/** Where plugins and the framework log. `console` fits; hosts pass their own. Data never holds payload content. */
export interface Logger {
  debug(message: string, data?: Readonly<Record<string, unknown>>): void;
  info(message: string, data?: Readonly<Record<string, unknown>>): void;
  warn(message: string, data?: Readonly<Record<string, unknown>>): void;
  error(message: string, data?: Readonly<Record<string, unknown>>): void;
}

function nothing(): void {}

/** A logger that never throws: a log that cannot be written must not stop a hook call half-way. */
export function guardLogger(logger: Logger): Logger {
  const guard =
    (level: keyof Logger): Logger['error'] =>
    (message, data) => {
      try {
        logger[level](message, data);
      } catch {
        // There is nowhere left to say so.
      }
    };
  return Object.freeze({
    debug: guard('debug'),
    info: guard('info'),
    warn: guard('warn'),
    error: guard('error'),
  });
}

/** Logs nothing: the default of a library. */
export const silentLogger: Logger = Object.freeze({
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
});
