import { describe, expect, it } from 'vitest';
import { importServers } from '../../src/gateway/import-servers.js';
import { cliFolder } from '../support/cli-folder.js';

const read = (text: string) => {
  const { folder } = cliFolder({ 'mcp.json': text }, []);
  return importServers('mcp.json', folder);
};

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

  it.each([
    ['{"mcpServers":{"a":{"command":"x"}', /mcp\.json:1 /],
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
