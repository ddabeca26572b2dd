import { describe, expect, it } from 'vitest';
import { UpstreamHealth } from '../../src/upstream/upstream-health.js';

const problem = { code: 'STREAM_FAILED', message: 'the connection to it failed' };

function watched() {
  const changes: string[] = [];
  const health = new UpstreamHealth(
    ({ state }, before) => void changes.push(`${before} > ${state}`),
    () => 0,
  );
  return { health, changes };
}

describe('UpstreamHealth', () => {
  it('knows nothing before the first use', () => {
    const { health } = watched();
    expect(health.status).toEqual({ state: 'unknown', sessions: 0, starts: 0, failures: 0 });
  });

  it('fails at the third failure in a row, and is ready after one answer', () => {
    const { health, changes } = watched();
    const states = [1, 2, 3, 4].map(() => {
      health.noteFailure(problem);
      return health.status.state;
    });
    expect(states).toEqual(['degraded', 'degraded', 'failed', 'failed']);
    health.noteAnswer();
    expect(health.status).toEqual({
      state: 'ready',
      lastError: { ...problem, at: '1970-01-01T00:00:00.000Z' },
      sessions: 0,
      starts: 0,
      failures: 4,
    });
    health.noteFailure(problem);
    expect(health.status.state).toBe('degraded');
    expect(changes).toEqual([
      'unknown > degraded',
      'degraded > failed',
      'failed > ready',
      'ready > degraded',
    ]);
  });
});
