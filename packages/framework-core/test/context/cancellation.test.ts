import { describe, expect, it, vi } from 'vitest';
import { CallContext, cancelSignalOf } from '../../src/context/call-context.js';
import { Cancellation } from '../../src/context/cancellation.js';
import { createPluginContext } from '../../src/index.js';

const listener = () => ({ handleEvent: vi.fn<() => void>() });

describe('Cancellation', () => {
  it('tells every listener once, in their order', () => {
    const cancellation = new Cancellation();
    const told: string[] = [];
    for (const name of ['a', 'b']) {
      cancellation.addEventListener('abort', { handleEvent: () => told.push(name) });
    }
    cancellation.abort('why');
    cancellation.abort('again');
    expect(told).toEqual(['a', 'b']);
    expect(cancellation).toMatchObject({ aborted: true, reason: 'why' });
  });

  it('does not tell who no longer listens', () => {
    const cancellation = new Cancellation();
    const [gone, stays, alone] = [listener(), listener(), listener()];
    for (const each of [gone, stays]) cancellation.addEventListener('abort', each);
    cancellation.removeEventListener('abort', gone);
    cancellation.removeEventListener('abort', alone);
    cancellation.abort();
    expect(gone.handleEvent).not.toHaveBeenCalled();
    expect(stays.handleEvent).toHaveBeenCalledOnce();
  });

  it('has ended already when a listener is told', () => {
    const cancellation = new Cancellation();
    const { signal } = cancellation;
    const seen: boolean[] = [];
    cancellation.addEventListener('abort', {
      handleEvent: () => seen.push(cancellation.aborted, signal.aborted),
    });
    cancellation.abort();
    expect(seen).toEqual([true, true]);
  });

  it.each([
    ['before', (cancellation: Cancellation) => cancellation.signal],
    ['after', () => undefined],
  ])('gives a signal that was asked for %s the end the reason', (_, ask) => {
    const cancellation = new Cancellation();
    ask(cancellation);
    cancellation.abort('why');
    expect(cancellation.signal).toMatchObject({ aborted: true, reason: 'why' });
    expect(cancellation.signal).toBe(cancellation.signal);
  });
});

describe('cancelSignalOf', () => {
  it('follows a context without making its AbortSignal', () => {
    const made = vi.spyOn(globalThis, 'AbortController');
    const context = createPluginContext();
    const signal = cancelSignalOf(context);
    const heard = listener();
    signal.addEventListener('abort', heard);
    expect(made).not.toHaveBeenCalled();
    made.mockRestore();
    if (context instanceof CallContext) context.abort(new Error('late'));
    expect(heard.handleEvent).toHaveBeenCalledOnce();
    expect(context.signal.reason).toBe(signal.reason);
  });

  it('takes the signal of a context that is not ours', () => {
    const { signal } = new AbortController();
    expect(cancelSignalOf({ ...createPluginContext(), signal })).toBe(signal);
  });
});
