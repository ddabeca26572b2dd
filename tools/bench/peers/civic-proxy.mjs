// @civic/passthrough-mcp-server with five hooks that change nothing: `civic-proxy.mjs URL` prints its URL.
import { freePort } from '../lib/free-port.mjs';
import { importFromHere } from './load.mjs';

const { AbstractHook, createHttpPassthroughProxy } = await importFromHere('@civic/passthrough-mcp-server');

class Passthrough extends AbstractHook {
  get name() {
    return 'passthrough';
  }
}

const target = new URL(process.argv[2] ?? '');
const port = await freePort();
// What it logs is no address.
const print = console.log;
console.log = () => {};
console.info = () => {};
await createHttpPassthroughProxy({
  port,
  mcpPath: '/mcp',
  target: { transportType: 'httpStream', url: target.origin, mcpPath: target.pathname },
  hooks: Array.from({ length: 5 }, () => new Passthrough()),
});
print(`http://127.0.0.1:${port}/mcp`);
