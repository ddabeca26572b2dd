import { describeError, type Logger } from '@mcpplugins/framework-core';

/** What `watchErrors` takes. */
export interface ErrorWatchOptions {
  /** `process`. */
  readonly events: NodeJS.EventEmitter;
  readonly logger: Logger;
  /** Something was thrown outside of every handler: the state of the process is unknown and it must end. */
  readonly onUncaught: () => void;
}

/**
 * Takes over errors that would end the process without a word to the client. A promise that a plugin left unhandled is
 * logged and the relay goes on; an uncaught exception is logged and ends it in order.
 */
export function watchErrors({ events, logger, onUncaught }: ErrorWatchOptions): Disposable {
  return listen(events, {
    unhandledRejection: (reason) => {
      logger.error(
        'a promise was rejected and nobody handled it; await it, or catch its error, in the plugin',
        {
          error: describeError(reason),
        },
      );
    },
    uncaughtException: (error) => {
      logger.error('an exception was thrown outside of every handler; stopping', {
        error: describeError(error),
      });
      onUncaught();
    },
  });
}

/** Calls back on SIGINT and SIGTERM. The first asks for an end in order, a later one for an end at once. */
export function watchSignals(events: NodeJS.EventEmitter, onSignal: (isFirst: boolean) => void): Disposable {
  let signals = 0;
  const listener = () => onSignal(++signals === 1);
  return listen(events, { SIGINT: listener, SIGTERM: listener });
}

function listen(
  events: NodeJS.EventEmitter,
  listeners: Readonly<Record<string, (value: unknown) => void>>,
): Disposable {
  for (const [name, listener] of Object.entries(listeners)) events.on(name, listener);
  return {
    [Symbol.dispose]() {
      for (const [name, listener] of Object.entries(listeners)) events.off(name, listener);
    },
  };
}
