import { describe, expect, it } from 'vitest';
import { compileFileRoots, parseFileRoot } from '../../src/uri/file-roots.js';

const problemOf = (uri: string, ...roots: readonly string[]) =>
  compileFileRoots(roots).problemOf(new URL(uri));

describe('compileFileRoots', () => {
  it.each([
    'file:///srv/docs',
    'file:///srv/docs/',
    'file:///srv/docs/a/b.txt',
    'file://localhost/srv/docs/a',
    'file:///srv/docs/a%20b',
  ])('takes %s below /srv/docs', (uri) => expect(problemOf(uri, '/srv/docs')).toBeUndefined());

  it.each([
    'file:///srv/docs2/a',
    'file:///srv',
    'file:///srv/docs/../secret',
    'file:///srv/docs/%2e%2e/secret',
    'file:///srv/docs/.%2E/secret',
    'file:///srv/docs/..%2fsecret',
    'file:///srv/docs/..%5csecret',
    'file:///srv/docs/%252e%252e%252fsecret',
    'file:///srv/docs/a%00.txt',
    'file:///srv/docs/%ff',
    'file://server/srv/docs/a',
    'file:\\\\server\\srv\\docs\\a',
  ])('refuses %s', (uri) => expect(problemOf(uri, '/srv/docs')).toEqual(expect.any(String)));

  it('knows drives', () => {
    expect(problemOf('file:///C:/docs/a', 'C:\\docs')).toBeUndefined();
    expect(problemOf('file:///C|/docs/a', 'C:/docs')).toBeUndefined();
    expect(problemOf('file:///D:/docs/a', 'C:/docs')).toEqual(expect.any(String));
  });

  it('opens everything with the root /', () => expect(problemOf('file:///etc/passwd', '/')).toBeUndefined());

  it('opens every plain path without roots, and still no disguised one', () => {
    expect(problemOf('file:///etc/passwd')).toBeUndefined();
    expect(problemOf('file:///a/..%2fb')).toEqual(expect.any(String));
    expect(problemOf('file://server/a')).toEqual(expect.any(String));
  });
});

describe('parseFileRoot', () => {
  it.each([
    ['/srv/docs/', '/srv/docs'],
    ['file:///srv/docs', '/srv/docs'],
    ['/srv/../docs', '/docs'],
    ['/with space', '/with space'],
    ['/', ''],
    ['C:\\docs', '/C:/docs'],
  ])('reads %s as %s', (root, path) => expect(parseFileRoot(root)).toBe(path));

  it.each(['docs', './docs', '', '../docs', 'file://server/docs', 'https://example.com'])(
    'refuses %j',
    (root) => expect(() => parseFileRoot(root)).toThrowError(/no absolute path/),
  );
});
