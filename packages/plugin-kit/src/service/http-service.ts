import { promisify } from 'node:util';
import { type FrameworkError, type Logger, silentLogger } from '@mcpplugins/framework-core';
import { type Deadline, startDeadline } from '../net/deadline.js';
import { AnswerCache, type CacheKey, type ServiceCache } from './answer-cache.js';
import { askOnce, serviceError, type TryOutcome } from './ask-once.js';
import { failResult, passes } from './fail-result.js';
import { retryDelay } from './retry-delay.js';
import type { FailMode, ServiceAnswer, ServiceErrorCode } from './service-answer.js';
import { createServiceFetch, type ServiceFetch, type ServicePlace, urlBelow } from './service-fetch.js';

const sleep = promisify(setTimeout);

/** Options of `createHttpService`. */
export interface HttpServiceOptions extends ServicePlace {
  /** Names it in messages, metadata and violations. */
  readonly name: string;
  /** Sent with every request; the place for credentials. */
  readonly headers?: Readonly<Record<string, string>>;
  /** For a whole question, all tries included. Default 5000. */
  readonly timeoutMs?: number;
  /** Tries after the first one. Default 2. */
  readonly retries?: number;
  /** Longest pause before the second try; doubles with every try. Default 100. */
  readonly retryDelayMs?: number;
  /** Default `closed`. */
  readonly failMode?: FailMode;
  /** Keeps answers, apart for each tenant. Default: none is kept. */
  readonly cache?: ServiceCache;
  /** From 0 to 1, for tests. Default `Math.random`. */
  readonly random?: () => number;
}

/** One question. It may be sent more than once, so it must not change anything on the other side. */
export interface ServiceQuestion<Value> {
  /** Below the service's URL, starting with `/`. */
  readonly path?: string;
  /** Default `POST` with a body, `GET` without. */
  readonly method?: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Turns the answer's JSON into a value, or throws: then the answer is invalid. */
  readonly parse: (json: unknown) => Value;
  /** `context.tenantId`: keeps its cached answers apart. */
  readonly tenantId?: string | undefined;
  /** `context.signal`. */
  readonly signal?: AbortSignal;
  /** `context.logger`. */
  readonly logger?: Logger;
}

/** A service that plugins ask over HTTP and JSON. */
export class HttpService implements AsyncDisposable {
  private readonly options: HttpServiceOptions;
  private readonly timeoutMs: number;
  private readonly target: ServiceFetch;
  private readonly cache: AnswerCache;

  constructor(options: HttpServiceOptions) {
    this.options = options;
    this.timeoutMs = options.timeoutMs ?? 5000;
    this.target = createServiceFetch(options.name, options, this.timeoutMs);
    this.cache = new AnswerCache(options.name, options.cache);
  }

  /**
   * Asks, and again after failures that pass, until there is an answer or the deadline is reached.
   * Throws only the reason of `signal`; a failure of the service is part of the answer.
   * @throws FrameworkError `SERVICE_URL_INVALID` for a path that does not start with `/`
   */
  async ask<Value>(question: ServiceQuestion<Value>): Promise<ServiceAnswer<Value>> {
    const { logger = silentLogger, parse, body, tenantId } = question;
    const key: CacheKey = {
      tenantId,
      method: question.method ?? (body === undefined ? 'GET' : 'POST'),
      url: urlBelow(this.options.name, this.target.baseUrl, question.path ?? ''),
      body: body === undefined ? undefined : JSON.stringify(body),
    };
    const cached = await this.cache.read(key, logger);
    if (cached !== undefined) {
      const kept = this.parsed(parse, cached.answer);
      if (kept.ok) return { ok: true, value: kept.value, isCached: true };
    }
    using deadline = startDeadline(this.timeoutMs, question.signal);
    const outcome = await this.tryOften(key, deadline);
    question.signal?.throwIfAborted();
    if (!outcome.ok) return this.fail(outcome.failed.error, logger);
    const fresh = this.parsed(parse, outcome.json);
    if (!fresh.ok) return this.fail(fresh.error, logger);
    await this.cache.write(key, outcome.json, logger);
    return { ok: true, value: fresh.value, isCached: false };
  }

  /** Closes its connections. */
  close(): Promise<void> {
    return this.target.guarded.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  private async tryOften(key: CacheKey, deadline: Deadline): Promise<TryOutcome> {
    const { retries = 2, retryDelayMs: baseMs = 100, random = Math.random } = this.options;
    const endsAt = performance.now() + this.timeoutMs;
    for (let attempt = 0; ; attempt++) {
      const outcome = await this.tryOnce(key, deadline);
      if (outcome.ok || deadline.signal.aborted) return outcome;
      if (!outcome.failed.isPassing || attempt >= retries) return outcome;
      const delayMs = retryDelay(attempt, { baseMs, random, retryAfter: outcome.failed.retryAfter });
      if (performance.now() + delayMs >= endsAt) return outcome;
      await sleep(delayMs, undefined, { signal: deadline.signal }).catch(() => undefined);
    }
  }

  private async tryOnce({ method, url, body }: CacheKey, deadline: Deadline): Promise<TryOutcome> {
    const { name, headers = {} } = this.options;
    const request = {
      method,
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body }),
      signal: deadline.signal,
    };
    try {
      return await askOnce(name, () => this.target.guarded.fetch(url, request));
    } catch (error) {
      if (!deadline.signal.aborted) throw error;
      const late = serviceError('SERVICE_TIMEOUT', `${name} did not answer within ${this.timeoutMs} ms`);
      return { ok: false, failed: { error: late, isPassing: false, retryAfter: null } };
    }
  }

  private parsed<Value>(
    parse: (json: unknown) => Value,
    json: unknown,
  ): { ok: true; value: Value } | { ok: false; error: FrameworkError<ServiceErrorCode> } {
    try {
      return { ok: true, value: parse(json) };
    } catch {
      const message = `${this.options.name} answered in a form that is not understood`;
      return { ok: false, error: serviceError('SERVICE_ANSWER_INVALID', message) };
    }
  }

  private fail(error: FrameworkError<ServiceErrorCode>, logger: Logger): ServiceAnswer<never> {
    const { name, failMode = 'closed' } = this.options;
    const data = { service: name, code: error.code, fail_mode: failMode };
    if (passes(failMode, error.code)) logger.error('a check was left out because its service is away', data);
    else logger.warn('a check could not be made', data);
    return { ok: false, error, result: failResult(name, failMode, error) };
  }
}

/**
 * Makes the client of a service.
 * @throws FrameworkError `SERVICE_URL_INVALID`
 */
export function createHttpService(options: HttpServiceOptions): HttpService {
  return new HttpService(options);
}
