import type { AroundRequest, HttpResponse, RequestHead } from '@mcpplugins/mcp-transport';
import { describe, expect, it } from 'vitest';
import { aroundBoth } from '../../src/upstream/around-both.js';

const response = {} as HttpResponse;
const request: RequestHead = {
  method: 'POST',
  url: new URL('http://localhost/mcp'),
  headers: { accept: 'x' },
  signal: new AbortController().signal,
};
/** Sends twice, as after a 401, with a token. */
const login: AroundRequest = async ({ headers }, send) => {
  await send({ ...headers, authorization: 'Bearer old' });
  return send({ ...headers, authorization: 'Bearer new' });
};

describe('plugins around a login', () => {
  it('see each request once and never its token, and the login has the headers that they changed', async () => {
    const seen: unknown[] = [];
    const { around, isAroundNeeded } = aroundBoth(
      {
        around: (given, send) => {
          seen.push(given.headers);
          return send({ ...given.headers, 'x-plugin': 'yes' });
        },
        isAroundNeeded: () => false,
      },
      login,
    );
    expect(isAroundNeeded).toBeUndefined();
    const sent: unknown[] = [];
    const answer = await around?.(request, (headers) => {
      sent.push(headers);
      return Promise.resolve(response);
    });
    expect(answer).toBe(response);
    expect(seen).toEqual([{ accept: 'x' }]);
    expect(sent).toEqual([
      { accept: 'x', 'x-plugin': 'yes', authorization: 'Bearer old' },
      { accept: 'x', 'x-plugin': 'yes', authorization: 'Bearer new' },
    ]);
  });

  it('are alone where nobody logs in, and the login where there are none', () => {
    const plugins = { around: login, isAroundNeeded: () => true };
    expect(aroundBoth(plugins, undefined)).toBe(plugins);
    expect(aroundBoth(undefined, login)).toEqual({ around: login });
    expect(aroundBoth(undefined, undefined)).toEqual({});
  });
});
