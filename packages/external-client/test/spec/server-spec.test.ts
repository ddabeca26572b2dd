import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FrameworkError } from '@mcpplugins/framework-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseServerSpec } from '../../src/spec/server-spec.js';

let root = '';
let directory = '';

beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'mcpplugins-spec-'));
  directory = path.join(root, 'config');
  mkdirSync(path.join(directory, 'folder'), { recursive: true });
  for (const name of [
    'server.py',
    'server.sh',
    'server.mjs',
    'plain',
    'run',
    'a b;$(c).py',
    '-v.py',
    'open.py',
  ]) {
    writeFileSync(path.join(directory, name), '');
    chmodSync(path.join(directory, name), name === 'run' ? 0o755 : name === 'open.py' ? 0o666 : 0o644);
  }
  writeFileSync(path.join(root, 'outside.py'), '');
  symlinkSync(path.join(root, 'outside.py'), path.join(directory, 'link.py'));
});
afterAll(() => rmSync(root, { recursive: true }));

function parse(mcp: object, env: Readonly<Record<string, string>> = {}) {
  return parseServerSpec('guard', mcp, { directory, env });
}

describe('parseServerSpec, STDIO', () => {
  it.each([
    ['server.py', 'python3'],
    ['./server.sh', 'sh'],
    ['server.mjs', process.execPath],
  ])('starts %s with %s', (script, command) => {
    expect(parse({ proto: 'STDIO', script, args: ['-x'] })).toMatchObject({
      command,
      args: [path.join(directory, script), '-x'],
      cwd: directory,
    });
  });

  it('starts an executable itself', () => {
    expect(parse({ proto: 'stdio', script: 'run' })).toMatchObject({
      command: path.join(directory, 'run'),
      args: [],
    });
  });

  it.each(['a b;$(c).py', '-v.py'])('X41 hands the name %j over as one argument', (script) => {
    expect(parse({ proto: 'STDIO', script })).toMatchObject({ args: [path.join(directory, script)] });
  });

  it.each([
    ['X41 leads outside by ..', '../outside.py', 'outside of the folder'],
    ['X41 leads outside by a link', 'link.py', 'outside of the folder'],
    ['X41 anybody may write', 'open.py', 'chmod o-w'],
    ['X41 is a folder', 'folder', 'is no file'],
    ['does not exist', 'none.py', 'cannot be found'],
    ['is neither executable nor known', 'plain', 'chmod +x'],
  ])('refuses a script that %s', (_, script, message) => {
    const refused = () => parse({ proto: 'STDIO', script });
    expect(refused).toThrow(message);
    expect(refused).toThrow(expect.toSatisfy((error) => FrameworkError.is(error, 'PEER_SCRIPT_REFUSED')));
  });

  it('takes a command as it is, and a path in it from the folder of the configuration', () => {
    expect(parse({ proto: 'STDIO', cmd: ['node', 'x.js', '$(y)'], cwd: 'folder' })).toMatchObject({
      command: 'node',
      args: ['x.js', '$(y)'],
      cwd: path.join(directory, 'folder'),
    });
    expect(parse({ proto: 'STDIO', cmd: ['./run'] })).toMatchObject({ command: path.join(directory, 'run') });
  });
});

describe('parseServerSpec, network', () => {
  it('puts credentials into headers and out of messages', () => {
    const spec = parse({
      proto: 'STREAMABLEHTTP',
      url: 'http://host:8000/mcp',
      auth: { type: 'bearer', token: 't' },
      headers: { a: 'b' },
    });
    expect(spec).toMatchObject({
      headers: { a: 'b', authorization: 'Bearer t' },
      peer: 'http://host:8000/mcp',
    });
  });

  it('finds a unix socket from the folder of the configuration', () => {
    const spec = parse({ proto: 'STREAMABLEHTTP', url: 'http://localhost/mcp', uds: 'run/p.sock' });
    expect(spec).toMatchObject({ socketPath: path.join(directory, 'run/p.sock') });
  });

  it.each(['sse', 'Sse', 'WebSocket', 'websocket'])('knows %s in any letter case', (proto) => {
    const url = proto.toLowerCase() === 'sse' ? 'http://h/sse' : 'ws://h/mcp';
    expect(parse({ proto, url, uds: 'p.sock' })).toMatchObject({
      proto: proto.toUpperCase(),
      socketPath: path.join(directory, 'p.sock'),
    });
  });

  it('reads how large an answer may be', () => {
    const mcp = { proto: 'STREAMABLEHTTP', url: 'http://h/mcp' };
    expect(parse({ ...mcp, max_response_bytes: 65_536 }).maxResponseBytes).toBe(65_536);
    expect(parse(mcp).maxResponseBytes).toBeUndefined();
  });

  it('reads how often and how soon a connection is made anew', () => {
    const mcp = { proto: 'STREAMABLEHTTP', url: 'http://h/mcp', reconnect_attempts: 0, reconnect_delay: 2 };
    expect(parse(mcp)).toMatchObject({ replays: false, reconnectDelayMs: 2000 });
    expect(parse({ proto: 'STREAMABLEHTTP', url: 'http://h/mcp' })).toMatchObject({
      replays: true,
      reconnectDelayMs: 100,
    });
  });

  it.each([
    ['PLUGINS_CLIENT_MTLS_VERIFY', { PLUGINS_CLIENT_MTLS_VERIFY: 'off' }, { rejectUnauthorized: false }],
    ['PLUGINS_MTLS_VERIFY of the specification', { PLUGINS_MTLS_VERIFY: '0' }, { rejectUnauthorized: false }],
    [
      'PLUGINS_CLIENT_MTLS_CHECK_HOSTNAME',
      { PLUGINS_CLIENT_MTLS_CHECK_HOSTNAME: 'no' },
      { rejectUnauthorized: true, checksHostname: false },
    ],
  ] as const)('reads %s', (_, env, tls) => {
    expect(parse({ proto: 'STREAMABLEHTTP', url: 'https://h/mcp' }, env)).toMatchObject({ tls });
  });

  it.each([
    [{}, 'mcp.proto'],
    [{ proto: 'GRPC' }, 'mcp.proto'],
    [{ proto: 'STDIO' }, 'mcp.script'],
    [{ proto: 'STREAMABLEHTTP' }, 'mcp.url: `url` is missing'],
    [{ proto: 'STREAMABLEHTTP', url: 'file:///x' }, 'mcp.url'],
    [{ proto: 'WEBSOCKET', url: 'http://h/mcp' }, 'ws:// or wss://'],
    [{ proto: 'SSE', url: 'http://h/mcp', max_response_bytes: 0 }, 'max_response_bytes'],
    [{ proto: 'STREAMABLEHTTP', url: 'http://h/mcp', tls: { verify: false } }, 'no effect without TLS'],
    [{ proto: 'STREAMABLEHTTP', url: 'http://h/mcp', timeot: 1 }, 'timeot'],
    [
      { proto: 'STREAMABLEHTTP', url: 'https://h/mcp', tls: { ca_bundle: 'none.pem' } },
      'ca_bundle cannot be read',
    ],
    [
      { proto: 'STREAMABLEHTTP', url: 'https://h/mcp', tls: { ca_bundle: 'server.py' } },
      'no certificate in it',
    ],
  ])('refuses %j', (mcp, message) => {
    expect(() => parse(mcp)).toThrow(message);
  });

  it('refuses a switch that is neither on nor off', () => {
    const env = { PLUGINS_CLIENT_MTLS_VERIFY: 'flase' };
    expect(() => parse({ proto: 'STREAMABLEHTTP', url: 'https://h/mcp' }, env)).toThrow(
      'neither true nor false',
    );
  });
});
