// What costs least in the gateway's place: `byte-pipe.mjs URL` passes HTTP on, `byte-pipe.mjs stdio FILE ARGS…` passes lines on.
import { spawn } from 'node:child_process';
import { Agent, createServer, request as httpRequest } from 'node:http';

const [target = '', ...args] = process.argv.slice(2);

if (target === 'stdio') {
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  process.stdin.pipe(child.stdin);
  child.stdout.pipe(process.stdout);
} else {
  const agent = new Agent({ keepAlive: true });
  const server = createServer((request, response) => {
    const { method = 'GET', headers } = request;
    const upstream = httpRequest(target, { method, headers, agent }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    request.pipe(upstream);
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address !== null && typeof address === 'object') console.log(`http://127.0.0.1:${address.port}/mcp`);
  });
}
