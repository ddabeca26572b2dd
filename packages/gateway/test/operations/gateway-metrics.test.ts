import type { DecisionRecord } from '@mcpplugins/framework-core';
import { describe, expect, it } from 'vitest';
import type { CallEnd } from '../../src/operations/call-end.js';
import { type GatewayGauges, GatewayMetrics } from '../../src/operations/gateway-metrics.js';

const end: CallEnd = {
  id: 1,
  method: 'tools/call',
  server: 'files',
  session: 's',
  requestId: 's-1',
  outcome: 'result',
  durationMs: 7,
};
const decision: DecisionRecord = {
  plugin: 'pii',
  version: undefined,
  hook: 'tool_pre_invoke',
  serverId: 'files',
  target: 'echo',
  mode: 'enforce',
  status: 'ran',
  reason: undefined,
  verdict: 'modify',
  code: undefined,
  changedPaths: [],
  durationMs: 1,
};
const gauges: GatewayGauges = {
  sessions: { files: 2 },
  upstreams: {
    files: { state: 'ready', sessions: 2, starts: 3, failures: 1 },
    search: { state: 'degraded', sessions: 0, starts: 1, failures: 1 },
    later: { state: 'unknown', sessions: 0, starts: 0, failures: 0 },
  },
  callsRunning: 1,
  callsWaiting: 0,
};

function linesOf(metrics: GatewayMetrics, name: string): string[] {
  return metrics
    .render(gauges)
    .split('\n')
    .filter((line) => line.startsWith(name));
}

describe('GatewayMetrics', () => {
  it('counts calls and how long they took', () => {
    const metrics = new GatewayMetrics();
    metrics.countCall(end);
    metrics.countCall({ ...end, outcome: 'blocked', durationMs: 70_000 });
    expect(linesOf(metrics, 'mcpplugins_calls_total')).toEqual([
      'mcpplugins_calls_total{server="files",method="tools/call",outcome="result"} 1',
      'mcpplugins_calls_total{server="files",method="tools/call",outcome="blocked"} 1',
    ]);
    const durations = linesOf(metrics, 'mcpplugins_call_duration_seconds');
    const labels = 'server="files",method="tools/call"';
    expect(durations).toContain(`mcpplugins_call_duration_seconds_bucket{${labels},le="0.005"} 0`);
    expect(durations).toContain(`mcpplugins_call_duration_seconds_bucket{${labels},le="0.01"} 1`);
    expect(durations).toContain(`mcpplugins_call_duration_seconds_bucket{${labels},le="60"} 1`);
    expect(durations).toContain(`mcpplugins_call_duration_seconds_bucket{${labels},le="+Inf"} 2`);
    expect(durations).toContain(`mcpplugins_call_duration_seconds_sum{${labels}} 70.007`);
    expect(durations).toContain(`mcpplugins_call_duration_seconds_count{${labels}} 2`);
  });

  it('has no label that a client made up', () => {
    const metrics = new GatewayMetrics();
    for (let index = 0; index < 100; index++) metrics.countCall({ ...end, method: `evil/${index}"\n` });
    expect(linesOf(metrics, 'mcpplugins_calls_total')).toEqual([
      'mcpplugins_calls_total{server="files",method="other",outcome="result"} 100',
    ]);
  });

  it('counts decisions by server, and never by what a client calls a tool', () => {
    const metrics = new GatewayMetrics();
    const decide = (serverId: string | undefined, target: string): void =>
      metrics.observer.onDecisions?.([{ ...decision, serverId, target }], 's-1');
    decide('files', 'one');
    decide('files', 'two');
    decide('search', 'one');
    decide(undefined, 'one');
    const labels = 'plugin="pii",hook="tool_pre_invoke",status="ran",verdict="modify"';
    expect(linesOf(metrics, 'mcpplugins_decisions_total')).toEqual([
      `mcpplugins_decisions_total{server="files",${labels}} 2`,
      `mcpplugins_decisions_total{server="search",${labels}} 1`,
      `mcpplugins_decisions_total{server="",${labels}} 1`,
    ]);
  });

  it('says how servers are; of one that was not used yet, neither that it is up nor that it is down', () => {
    const lines = linesOf(new GatewayMetrics(), 'mcpplugins_upstream_');
    expect(lines).toEqual([
      'mcpplugins_upstream_up{server="files"} 1',
      'mcpplugins_upstream_up{server="search"} 0',
      'mcpplugins_upstream_sessions{server="files"} 2',
      'mcpplugins_upstream_sessions{server="search"} 0',
      'mcpplugins_upstream_sessions{server="later"} 0',
      'mcpplugins_upstream_starts_total{server="files"} 3',
      'mcpplugins_upstream_starts_total{server="search"} 1',
      'mcpplugins_upstream_starts_total{server="later"} 0',
      'mcpplugins_upstream_failures_total{server="files"} 1',
      'mcpplugins_upstream_failures_total{server="search"} 1',
      'mcpplugins_upstream_failures_total{server="later"} 0',
    ]);
  });

  it('says what is open now, and who was not let in', () => {
    const metrics = new GatewayMetrics();
    metrics.countRefusal('unauthorized');
    const text = metrics.render({ ...gauges, sessions: { 'a"b\\c\nd': 3 } });
    expect(text).toContain('mcpplugins_sessions{server="a\\"b\\\\c\\nd"} 3\n');
    expect(text).toContain('mcpplugins_calls_running 1\n');
    expect(text).toContain('mcpplugins_http_refused_total{refusal="unauthorized"} 1\n');
    expect(text.endsWith('\n')).toBe(true);
  });
});
