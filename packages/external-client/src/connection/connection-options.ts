import type { Logger } from '@mcpplugins/framework-core';

/** Limits and times of connections to plugin servers. */
export interface ConnectionOptions {
  readonly logger: Logger;
  /** Milliseconds for starting or reaching a server until it has listed its tools. */
  readonly startTimeoutMs: number;
  /** Bytes that one answer may have. */
  readonly maxResponseBytes: number;
  readonly maxDepth: number;
  /** Calls of one server at a time. */
  readonly maxConcurrentCalls: number;
  /** Calls that may wait for their turn. */
  readonly maxQueuedCalls: number;
  /** Calls in a row without an answer, or without one in time, after which the server is started or connected anew. */
  readonly maxTimeouts: number;
  /** Milliseconds that the server gets to answer a ping. */
  readonly pingTimeoutMs: number;
  /** Milliseconds that no wait before a new attempt exceeds. */
  readonly longestDelayMs: number;
  /** Milliseconds that a server may ask to be left alone at most (`Retry-After`). */
  readonly longestRetryAfterMs: number;
  /** Milliseconds that a child process gets at each step of being stopped. */
  readonly closeGraceMs: number;
  /** Milliseconds that a connection without user is kept. */
  readonly idleMs: number;
  /** A number from 0 to 1, for the jitter of waits. */
  readonly random: () => number;
}

/** Defaults of everything but the logger. */
export const connectionDefaults = {
  startTimeoutMs: 30_000,
  maxResponseBytes: 4_194_304,
  maxDepth: 210,
  maxConcurrentCalls: 64,
  maxQueuedCalls: 1024,
  maxTimeouts: 3,
  pingTimeoutMs: 2000,
  longestDelayMs: 1500,
  longestRetryAfterMs: 60_000,
  closeGraceMs: 2000,
  idleMs: 5000,
  random: Math.random,
} as const satisfies Omit<ConnectionOptions, 'logger'>;
