import { describe, expect, it } from 'vitest';
import { followRedirect, redirectLocation } from '../../src/net/redirect.js';

const request = (overrides: Partial<Parameters<typeof followRedirect>[0]> = {}) => ({
  url: new URL('https://a.example/start'),
  method: 'GET',
  headers: new Headers({ authorization: 'Bearer x', 'x-api-key': 'y', accept: 'text/plain' }),
  body: undefined,
  ...overrides,
});

describe('redirectLocation', () => {
  it('is there for redirects with a location only', () => {
    const answer = (status: number, location?: string) =>
      redirectLocation({ status, headers: new Headers(location === undefined ? {} : { location }) });
    expect(answer(302, '/x')).toBe('/x');
    expect(answer(302)).toBeUndefined();
    expect(answer(304, '/x')).toBeUndefined();
    expect(answer(200, '/x')).toBeUndefined();
  });
});

describe('followRedirect', () => {
  it('keeps headers within an origin', () => {
    const step = followRedirect(request(), 302, '/next');
    expect(step).toMatchObject({ ok: true, request: { url: new URL('https://a.example/next') } });
    expect(step.ok && step.request.headers.get('authorization')).toBe('Bearer x');
  });

  it('takes to another origin no header but harmless ones', () => {
    const step = followRedirect(request(), 302, 'https://b.example/');
    expect(step.ok && [...step.request.headers]).toEqual([['accept', 'text/plain']]);
  });

  it.each([
    [301, 'POST', 'GET'],
    [302, 'POST', 'GET'],
    [303, 'PUT', 'GET'],
    [303, 'HEAD', 'HEAD'],
    [302, 'PUT', 'PUT'],
    [307, 'POST', 'POST'],
    [308, 'POST', 'POST'],
  ])('turns after %i a %s into a %s', (status, method, next) => {
    const step = followRedirect(request({ method }), status, '/next');
    expect(step).toMatchObject({ ok: true, request: { method: next } });
  });

  it('drops the body when the method becomes GET', () => {
    expect(followRedirect(request({ method: 'POST', body: 'x' }), 302, '/next')).toMatchObject({
      request: { body: undefined },
    });
  });

  it.each([
    ['a body to another origin', request({ method: 'POST', body: 'x' }), 307, 'https://b.example/'],
    ['from https to http', request(), 302, 'http://a.example/'],
    ['to something that is no URL', request(), 302, 'http://['],
  ])('refuses %s', (_what, from, status, location) =>
    expect(followRedirect(from, status, location)).toMatchObject({
      ok: false,
      refusal: { code: 'REDIRECT_BLOCKED' },
    }),
  );
});
