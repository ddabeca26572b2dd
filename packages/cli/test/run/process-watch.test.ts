import { EventEmitter } from 'node:events';
import { type Logger, silentLogger } from '@mcpplugins/framework-core';
import { describe, expect, it, vi } from 'vitest';
import { watchErrors, watchSignals } from '../../src/run/process-watch.js';

describe('watchErrors', () => {
  function watch() {
    const events = new EventEmitter();
    const error = vi.fn<Logger['error']>();
    const onUncaught = vi.fn<() => void>();
    const watching = watchErrors({ events, logger: { ...silentLogger, error }, onUncaught });
    return { events, error, onUncaught, watching };
  }

  it('P20: logs a rejection that nobody handled and goes on', () => {
    const { events, error, onUncaught } = watch();
    events.emit('unhandledRejection', new Error('forgot to await'));
    expect(error).toHaveBeenCalledWith(expect.stringContaining('await'), { error: 'forgot to await' });
    expect(onUncaught).not.toHaveBeenCalled();
  });

  it('P21: logs an uncaught exception and asks for the end', () => {
    const { events, error, onUncaught } = watch();
    events.emit('uncaughtException', new TypeError('x is not a function'));
    expect(error).toHaveBeenCalledWith(expect.any(String), { error: 'TypeError: x is not a function' });
    expect(onUncaught).toHaveBeenCalledOnce();
  });

  it('gives every event up again', () => {
    const { events, watching } = watch();
    expect(events.eventNames()).toHaveLength(2);
    watching[Symbol.dispose]();
    expect(events.eventNames()).toEqual([]);
  });
});

describe('watchSignals', () => {
  it('tells the first signal from later ones, of whichever name', () => {
    const events = new EventEmitter();
    const onSignal = vi.fn<(isFirst: boolean) => void>();
    using _watching = watchSignals(events, onSignal);
    events.emit('SIGTERM');
    events.emit('SIGINT');
    expect(onSignal.mock.calls).toEqual([[true], [false]]);
  });

  it('gives both events up again', () => {
    const events = new EventEmitter();
    watchSignals(events, () => {})[Symbol.dispose]();
    expect(events.eventNames()).toEqual([]);
  });
});
