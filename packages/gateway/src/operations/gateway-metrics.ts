import type { DecisionRecord, Observer } from '@mcpplugins/framework-core';
import type { UpstreamStatus } from '../upstream/upstream-health.js';
import type { CallEnd } from './call-end.js';
import { Counter } from './counter.js';
import { Histogram } from './histogram.js';
import { PrometheusText } from './prometheus.js';

/** What is the case at the moment of asking. */
export interface GatewayGauges {
  /** Client sessions by server; the merged endpoint has its own name. */
  readonly sessions: Readonly<Record<string, number>>;
  /** How each server is, by name. */
  readonly upstreams: Readonly<Record<string, UpstreamStatus>>;
  readonly callsRunning: number;
  readonly callsWaiting: number;
}

/** Methods that may be labels: what a client makes up must not grow the list. */
const methods: ReadonlySet<string> = new Set([
  'initialize',
  'ping',
  'tools/call',
  'tools/list',
  'prompts/get',
  'prompts/list',
  'resources/read',
  'resources/list',
  'resources/templates/list',
  'resources/subscribe',
  'resources/unsubscribe',
  'completion/complete',
  'logging/setLevel',
  'tasks/get',
  'tasks/result',
  'tasks/list',
  'tasks/cancel',
]);

/** Counts what goes on in a gateway, for `/metrics`. */
export class GatewayMetrics {
  /** Counts decisions of plugins: hand it to the manager among its `observers`. */
  readonly observer: Observer;
  private readonly calls = new Counter(
    'mcpplugins_calls_total',
    'Requests of clients by server, method and how they ended.',
  );
  private readonly durations = new Histogram(
    'mcpplugins_call_duration_seconds',
    'Time from the arrival of a request to its end.',
  );
  private readonly decisions = new Counter(
    'mcpplugins_decisions_total',
    'Steps of hook calls by server, plugin, hook, status and verdict.',
  );
  private readonly refusals = new Counter(
    'mcpplugins_http_refused_total',
    'HTTP requests whose sender was not let in, by what they were told.',
  );

  constructor() {
    this.observer = { onDecisions: (records) => records.forEach((record) => this.countDecision(record)) };
  }

  countCall({ server, method, outcome, durationMs }: CallEnd): void {
    const known = methods.has(method) ? method : 'other';
    this.calls.add({ server, method: known, outcome });
    this.durations.observe({ server, method: known }, durationMs / 1000);
  }

  countRefusal(refusal: string): void {
    this.refusals.add({ refusal });
  }

  /** Text for Prometheus. */
  render({ sessions, upstreams, callsRunning, callsWaiting }: GatewayGauges): string {
    const text = new PrometheusText();
    text.head('mcpplugins_sessions', 'gauge', 'Open client sessions by server.');
    for (const [server, count] of Object.entries(sessions))
      text.value('mcpplugins_sessions', { server }, count);
    text.head('mcpplugins_calls_running', 'gauge', 'Requests of clients in flight.');
    text.value('mcpplugins_calls_running', {}, callsRunning);
    text.head('mcpplugins_calls_waiting', 'gauge', 'Requests of clients that wait for their turn.');
    text.value('mcpplugins_calls_waiting', {}, callsWaiting);
    writeUpstreams(text, upstreams);
    for (const metric of [this.calls, this.durations, this.decisions, this.refusals]) metric.write(text);
    return text.toString();
  }

  /** Labels that are the host's own words: not the target, of which a client may make up any number. */
  private countDecision({ serverId = '', plugin, hook, status, verdict }: DecisionRecord): void {
    this.decisions.add({ server: serverId, plugin, hook, status, verdict: verdict ?? 'none' });
  }
}

/** A server that was not used yet is neither up nor down. */
function writeUpstreams(text: PrometheusText, upstreams: GatewayGauges['upstreams']): void {
  const all = Object.entries(upstreams);
  text.head('mcpplugins_upstream_up', 'gauge', 'Whether a server was there when it was last needed.');
  for (const [server, { state }] of all)
    if (state !== 'unknown') text.value('mcpplugins_upstream_up', { server }, state === 'ready' ? 1 : 0);
  text.head('mcpplugins_upstream_sessions', 'gauge', 'Open sessions with a server.');
  for (const [server, { sessions }] of all) text.value('mcpplugins_upstream_sessions', { server }, sessions);
  text.head('mcpplugins_upstream_starts_total', 'counter', 'Connections to a server that were begun.');
  for (const [server, { starts }] of all) text.value('mcpplugins_upstream_starts_total', { server }, starts);
  text.head(
    'mcpplugins_upstream_failures_total',
    'counter',
    'Connections to a server that failed or ended unexpectedly, and requests that it could not be given.',
  );
  for (const [server, { failures }] of all)
    text.value('mcpplugins_upstream_failures_total', { server }, failures);
}
