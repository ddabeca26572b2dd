import { z } from 'zod';

const text = z.string().min(1);

/** Transports of external plugins. Files may spell them in any letter case. */
export const mcpProtocols = ['STDIO', 'STREAMABLEHTTP', 'SSE', 'WEBSOCKET'] as const;

/** TLS of a connection to a plugin server. Both ContextForge's names and the specification's are accepted. */
const tlsSchema = z
  .strictObject({
    certfile: text.describe('Client certificate, PEM.').optional(),
    client_cert: text.describe('Other name of `certfile`.').optional(),
    keyfile: text.describe('Key of the client certificate, PEM.').optional(),
    client_key: text.describe('Other name of `keyfile`.').optional(),
    ca_bundle: text
      .describe('Certificates that the server is checked against, besides those of the system.')
      .optional(),
    keyfile_password: text.describe('Password of the key.').optional(),
    verify: z
      .boolean()
      .describe('Whether the certificate of the server is checked. Default: true.')
      .optional(),
    check_hostname: z
      .boolean()
      .describe('Whether the certificate must name the host of `url`. Default: true.')
      .optional(),
  })
  .refine(({ certfile, client_cert, keyfile, client_key }) => {
    const hasKey = keyfile !== undefined || client_key !== undefined;
    return !hasKey || certfile !== undefined || client_cert !== undefined;
  }, 'a `keyfile` needs its `certfile`');

/** Bytes that `max_response_bytes` may be at most: above it the text of an answer would be longer than strings may be. */
const largestResponseBytes = 268_435_456;

/**
 * The `mcp` block of a plugin with `kind: external`, in the spelling of the file: what the loader checks and the client obeys.
 * @see the specification, "MCP Configuration Fields"
 */
export const mcpBlockSchema = z
  .strictObject({
    proto: z
      .string()
      .transform((proto) => proto.toUpperCase())
      .pipe(z.enum(mcpProtocols))
      .describe(
        'STDIO starts the plugin server; STREAMABLEHTTP, SSE (the older HTTP transport) and WEBSOCKET reach one that runs. Any letter case.',
      ),
    url: text
      .describe(
        'Address of the server, such as `http://localhost:8000/mcp`; `ws://` or `wss://` for WEBSOCKET.',
      )
      .optional(),
    script: text
      .describe(
        'For STDIO: the file to start, inside the folder of the configuration; .py with python3, .sh with sh, .js and .mjs with node.',
      )
      .optional(),
    cmd: z
      .tuple([text], z.string())
      .describe('For STDIO: program and arguments, in place of `script`; no shell reads them.')
      .optional(),
    args: z.array(z.string()).describe('For STDIO: arguments of `script`.').optional(),
    env: z
      .record(z.string(), z.string())
      .describe('For STDIO: variables of the server, besides HOME, LOGNAME, PATH, SHELL, TERM, USER.')
      .optional(),
    cwd: text
      .describe('For STDIO: working folder of the server. Default: the folder of the configuration.')
      .optional(),
    uds: text.describe('Unix socket through which `url` is reached.').optional(),
    tls: tlsSchema.describe('TLS of the connection, for `https://` and `wss://`.').optional(),
    auth: z
      .strictObject({
        type: z.literal('bearer').describe('Sent as `Authorization: Bearer`.'),
        token: text.describe('Best from `${file:…}` or a variable.'),
      })
      .describe('A token that the server is sent.')
      .optional(),
    headers: z.record(z.string(), z.string()).describe('Headers of every request.').optional(),
    max_response_bytes: z
      .int()
      .min(1024)
      .max(largestResponseBytes)
      .describe('Bytes that one answer of the server may have. Default: 4194304.')
      .optional(),
    reconnect_attempts: z
      .int()
      .nonnegative()
      .describe('0: a call is not made again when the server has forgotten the session. Default: 3.')
      .optional(),
    reconnect_delay: z
      .number()
      .nonnegative()
      .describe('Seconds before the first attempt to connect anew. Default: 0.1.')
      .optional(),
  })
  .superRefine((mcp, context) => {
    const complain = (key: string, message: string) =>
      context.addIssue({ code: 'custom', path: [key], message });
    const { proto } = mcp;
    const refuse = (keys: readonly (keyof typeof mcp)[]) => {
      for (const key of keys)
        if (mcp[key] !== undefined) complain(key, `\`${key}\` does not go with ${proto}`);
    };
    if (proto === 'STDIO') {
      if (mcp.script === undefined && mcp.cmd === undefined) {
        complain('script', '`script` (or `cmd`) is missing: STDIO starts the plugin server');
      }
      if (mcp.script !== undefined && mcp.cmd !== undefined)
        complain('cmd', 'only one of `script` and `cmd` is allowed');
      if (mcp.cmd !== undefined && mcp.args !== undefined) complain('args', 'write the arguments into `cmd`');
      refuse(['url', 'uds', 'tls', 'auth', 'headers']);
      return;
    }
    refuse(['script', 'cmd', 'args', 'env', 'cwd']);
    if (mcp.url === undefined) {
      complain('url', `\`url\` is missing: ${proto} needs the address of the plugin server`);
      return;
    }
    checkUrl(mcp.url, proto === 'WEBSOCKET' ? ['ws:', 'wss:'] : ['http:', 'https:'], (message) =>
      complain('url', message),
    );
    if (mcp.tls !== undefined && /^(http|ws):/i.test(mcp.url))
      complain('tls', '`tls` has no effect without TLS: write https:// (or wss://) in `url`');
    if (mcp.uds !== undefined && mcp.tls !== undefined) complain('tls', '`tls` does not go with `uds`');
  });

/** What `mcpBlockSchema` makes of a block. */
export type McpBlock = z.output<typeof mcpBlockSchema>;

function checkUrl(url: string, schemes: readonly string[], complain: (message: string) => void): void {
  const parsed = parseUrl(url);
  if (parsed === undefined) {
    complain('must be a complete URL, such as http://localhost:8000/mcp');
    return;
  }
  const { protocol, username, password } = parsed;
  if (!schemes.includes(protocol))
    complain(`must start with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`);
  if (username !== '' || password !== '')
    complain('must not have credentials in it: use `auth` or `headers`');
}

/** Not `URL.canParse`: on Node 20 it refuses some valid URLs once the engine has optimised its caller. */
function parseUrl(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}
