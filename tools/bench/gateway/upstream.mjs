// A raw server that echoes: `upstream.mjs http` prints its URL, `upstream.mjs stdio` reads and writes lines.
import { createServer } from 'node:http';

/** @param {string} text */
function answer(text) {
  const { id, method, params } = JSON.parse(text);
  if (id === undefined) return undefined;
  const result =
    method === 'initialize'
      ? {
          protocolVersion: '2025-11-25',
          capabilities: { tools: {} },
          serverInfo: { name: 'raw', version: '1' },
        }
      : { content: [{ type: 'text', text: params.arguments.message }] };
  return JSON.stringify({ jsonrpc: '2.0', id, result });
}

if (process.argv[2] === 'stdio') {
  let rest = '';
  process.stdin.setEncoding('utf8').on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    const answers = lines.map(answer).filter((text) => text !== undefined);
    if (answers.length > 0) process.stdout.write(`${answers.join('\n')}\n`);
  });
} else {
  const server = createServer((request, response) => {
    /** @type {Buffer[]} */
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const text = request.method === 'POST' ? answer(String(Buffer.concat(chunks))) : undefined;
      if (text === undefined) response.writeHead(request.method === 'POST' ? 202 : 405).end();
      else
        response
          .writeHead(200, {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(text),
            'mcp-session-id': 'one',
          })
          .end(text);
    });
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address !== null && typeof address === 'object') console.log(`http://127.0.0.1:${address.port}/mcp`);
  });
}
