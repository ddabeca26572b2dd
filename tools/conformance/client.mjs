// A client as the suite starts it, behind the gateway: `client.mjs CONFIGURATION SERVER_URL`. What the suite's server sees is the
// gateway's upstream leg; what the client has to do, it does through the gateway.
import { readLoginAnswer } from '@mcpplugins/gateway';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { openConfiguration } from './configurations.mjs';
import { openGateway } from './open-gateway.mjs';

/** Where the suite expects the description of the client, for the scenario in which the authorization server takes that for an id. */
const clientMetadataUrl = 'https://conformance-test.local/client-metadata.json';

/**
 * What the configuration of the gateway says about the login, from what the suite tells a client.
 *
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {import('@mcpplugins/gateway').UpstreamOAuthOptions | undefined} nothing for a server without a login
 */
function oauthFor({ MCP_CONFORMANCE_SCENARIO: scenario = '', MCP_CONFORMANCE_CONTEXT: context = '{}' }) {
  if (!scenario.startsWith('auth/')) return undefined;
  const { client_id: clientId, client_secret: clientSecret, issuer } = JSON.parse(context);
  if (clientId === undefined) return { clientMetadataUrl };
  if (scenario.startsWith('auth/client-credentials'))
    return { clientId, clientSecret, grant: 'client_credentials' };
  return { clientId, clientSecret, issuer };
}

/**
 * The person: the suite's authorization server asks nothing and sends the browser back at once.
 *
 * @type {import('@mcpplugins/gateway').AskPerson}
 */
async function askPerson({ begin }) {
  const url = await begin(new URL('http://127.0.0.1/callback'));
  const { headers } = await fetch(url, { redirect: 'manual' });
  return readLoginAnswer(new URL(headers.get('location') ?? '', url));
}

/**
 * Arguments with which the suite's tools are to be called.
 *
 * @param {string} name
 * @param {readonly { name: string; inputSchema: object }[]} tools
 */
function argumentsFor(name, tools) {
  if (name === 'add_numbers') return { a: 5, b: 3 };
  if (name === 'json_schema_echo')
    return { schema: tools.find((tool) => tool.name === 'json_schema_2020_12_tool')?.inputSchema };
  return {};
}

const [configuration = '', url = ''] = process.argv.slice(2);
const oauth = oauthFor(process.env);
const gateway = await openGateway(await openConfiguration(configuration), url, { oauth, askPerson });
const client = new Client(
  { name: 'conformance-client', version: '1.0.0' },
  { capabilities: { elicitation: { form: { applyDefaults: true } } } },
);
client.setRequestHandler(ElicitRequestSchema, () => ({ action: 'accept', content: {} }));
try {
  await client.connect(new StreamableHTTPClientTransport(new URL(gateway.url)));
  const { tools } = await client.listTools();
  for (const { name } of tools) await client.callTool({ name, arguments: argumentsFor(name, tools) });
} finally {
  await client.close();
  await gateway.close();
}
