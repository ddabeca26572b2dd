import { silentLogger } from '@mcpplugins/framework-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { importServers } from '../../src/gateway/import-servers.js';
import { cliFolder } from '../support/cli-folder.js';

const read = (text: string) => {
  const { folder } = cliFolder({ 'mcp.json': text }, []);
  return importServers('mcp.json', {
    cwd: folder,
    env: { TOKEN: 't0ken' },
    logger: { ...silentLogger, warn: (message) => void notices.push(message) },
  });
};

const notices: string[] = [];
beforeEach(() => void notices.splice(0));

describe('importServers', () => {
  it('reads what clients write, with comments and keys of their own', () => {
    expect(
      read(`{
        // of a client
        "mcpServers": {
          "files": { "command": "npx", "args": ["-y", "x"], "env": { "A": "1" }, "alwaysAllow": ["read"] },
          "search": { "type": "http", "url": "https://search.example/mcp", "headers": { "x": "y" } },
          "off": { "command": "x", "disabled": true },
        },
      }`),
    ).toEqual({
      files: { command: 'npx', args: ['-y', 'x'], env: { A: '1' } },
      search: { type: 'http', url: 'https://search.example/mcp', headers: { x: 'y' } },
    });
  });

  it('reads `servers`, as VS Code calls it', () => {
    expect(read('{"servers":{"a":{"type":"stdio","command":"a"}}}')).toEqual({
      a: { type: 'stdio', command: 'a' },
    });
  });

  it('replaces variables as clients do, and knows other names of `url`', () => {
    expect(
      read(
        '{"servers":{"a":{"httpUrl":"https://a.example/${DIR:-mcp}","headers":{"x":"Bearer ${TOKEN}"}},"b":{"serverUrl":"https://b.example/${env:TOKEN}"}}}',
      ),
    ).toEqual({
      a: { url: 'https://a.example/mcp', headers: { x: 'Bearer t0ken' } },
      b: { url: 'https://b.example/t0ken' },
    });
  });

  it('takes of the login what it knows, and says what it does not', () => {
    expect(
      read(
        `{"servers":{
          "a":{"url":"https://a.example/mcp","oauth":{"clientId":"id","scopes":"read write","callbackPort":3334,"enabled":true}},
          "b":{"url":"https://b.example/mcp","auth":{"CLIENT_ID":"id","CLIENT_SECRET":"\${TOKEN}","scopes":["read"]}},
          "c":{"url":"https://c.example/mcp","auth":"oauth"},
          "d":{"url":"https://d.example/mcp","oauth":{}}
        }}`,
      ),
    ).toEqual({
      a: {
        url: 'https://a.example/mcp',
        oauth: { clientId: 'id', scopes: ['read', 'write'], redirectPort: 3334 },
      },
      b: {
        url: 'https://b.example/mcp',
        oauth: { clientId: 'id', clientSecret: 't0ken', scopes: ['read'] },
      },
      c: { url: 'https://c.example/mcp' },
      d: { url: 'https://d.example/mcp', oauth: {} },
    });
    expect(notices).toEqual([
      expect.stringMatching(/^mcp\.json:2:\d+ a\.oauth\.enabled is not taken over/),
      expect.stringMatching(/^mcp\.json:4:\d+ c\.auth is not taken over/),
    ]);
  });

  it.each([
    ['{"servers":{"a":{"command":"${UNSET}"}}}', /mcp\.json:1:28 the environment variable UNSET is not set/],
    [
      '{"servers":{"a":{"command":"x","args":["${input:key}"]}}}',
      /mcp\.json:1:40 \$\{input:key\} means something/,
    ],
    ['{"servers":{"a":{"command":"x",\n"envFile":".env"}}}', /mcp\.json:2:11 a\.envFile is not read/],
    ['{"mcpServers":{"a":{"command":"x"}', /mcp\.json:1:35 /],
    ['{"other":{}}', /neither `mcpServers` nor `servers`/],
    ['{"mcpServers":{"a":{}}}', /a needs a `command` to start, or the `url`/],
    ['{"mcpServers":{"a":{"url":"ftp://x"}}}', /a\.url /],
    ['{"mcpServers":{"a":{"command":"x","url":"http://x"}}}', /and not both/],
    ['{"mcpServers":{"a":{"command":"x","headers":{}}}}', /a\.headers does nothing/],
    ['{"mcpServers":{"a":{"command":"x","type":"sse"}}}', /a\.type does not fit/],
  ])('refuses %s and says why', (text, problem) => {
    expect(() => read(text)).toThrow(problem);
  });
});
