import type { Logger } from '@mcpplugins/framework-core';
import type { CallEnd, CallObserver } from './call-end.js';

/** Ids of clients can have any length. */
const maxIdLength = 64;

/** Why a request ended, where nothing else says so in the log. */
const words: Readonly<Partial<Record<CallEnd['outcome'], string>>> = {
  error: 'was answered with an error',
  overloaded: 'was turned away: too many calls',
  lost: 'lost its server',
};

/** Logs each request of a client that has ended, with fields and without values: at `info` what did not go well, all else at `debug`. */
export function createCallLog(logger: Logger): CallObserver {
  return (end) => {
    const problem = words[end.outcome];
    if (problem === undefined) logger.debug(end.method, fieldsOf(end));
    else logger.info(`${end.method} ${problem}`, fieldsOf(end));
  };
}

function fieldsOf({ id, server, session, requestId, outcome, durationMs }: CallEnd): Record<string, unknown> {
  const shortId = typeof id === 'string' && id.length > maxIdLength ? `${id.slice(0, maxIdLength)}…` : id;
  return { id: shortId, request: requestId, session, server, ms: Math.round(durationMs * 10) / 10, outcome };
}
