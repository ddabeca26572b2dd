// A client as the suite starts it, behind the gateway: `client.mjs CONFIGURATION SERVER_URL`. What the suite's server sees is the
// gateway's upstream leg; what the client has to do, it does through the gateway.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { openConfiguration } from './configurations.mjs';
import { openGateway } from './open-gateway.mjs';

const [configuration = '', url = ''] = process.argv.slice(2);
const gateway = await openGateway(await openConfiguration(configuration), url);
const client = new Client(
  { name: 'conformance-client', version: '1.0.0' },
  { capabilities: { elicitation: { form: { applyDefaults: true } } } },
);
client.setRequestHandler(ElicitRequestSchema, () => ({ action: 'accept', content: {} }));
try {
  await client.connect(new StreamableHTTPClientTransport(new URL(gateway.url)));
  const { tools } = await client.listTools();
  const names = new Set(tools.map(({ name }) => name));
  if (names.has('add_numbers')) await client.callTool({ name: 'add_numbers', arguments: { a: 5, b: 3 } });
  for (const name of ['test_client_elicitation_defaults', 'test_reconnection'])
    if (names.has(name)) await client.callTool({ name, arguments: {} });
} finally {
  await client.close();
  await gateway.close();
}
