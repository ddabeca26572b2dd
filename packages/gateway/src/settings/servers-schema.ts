import { z } from 'zod';
import { checkOAuth, oauthSchema } from './oauth-schema.js';

const text = z.string().min(1);

/** Words that client configurations use for the transports. */
const types = ['stdio', 'http', 'streamable-http', 'streamableHttp', 'sse', 'ws'] as const;

const server = z
  .strictObject({
    type: z.enum(types).describe('Default: stdio with a `command`, http with a `url`.').optional(),
    command: text.describe('Program that is started, one for each client session.').optional(),
    args: z.array(z.string()).describe('Its arguments.').optional(),
    env: z
      .record(z.string(), z.string())
      .describe('Variables for it, besides a safe part of our own.')
      .optional(),
    cwd: text.describe('Its working folder. Default: that of the configuration.').optional(),
    url: z
      .url({ protocol: /^(https?|wss?)$/ })
      .describe('Address of a server that runs already.')
      .optional(),
    headers: z
      .record(z.string(), z.string())
      .describe("Headers of every request to it: the gateway's own credentials.")
      .optional(),
    uds: text.describe('Unix socket to reach it by; the host of `url` then only names it.').optional(),
    idleTimeout: z
      .number()
      .positive()
      .max(2_000_000)
      .describe(
        'Seconds after which a session that its client does not use ends, and the server with it; the client has to open ' +
          'a new one. At `/mcp` of several servers, only one that the session has not used yet is stopped. Default: never.',
      )
      .optional(),
    tls: z
      .strictObject({
        caBundle: text
          .describe("Certificates that the server's is checked against, besides the system's.")
          .optional(),
        certfile: text.describe('Certificate to show to the server, PEM.').optional(),
        keyfile: text.describe('Key of the certificate, PEM. Default: in the same file.').optional(),
        keyfilePassword: text.describe('Password of the key.').optional(),
      })
      .describe('How it is trusted, and what is shown to it.')
      .optional(),
    oauth: oauthSchema
      .describe(
        'It asks for OAuth: `{}` is enough for a server at which clients register themselves. `mcpplugins login` logs a person in, for whom all clients of the gateway then act.',
      )
      .optional(),
  })
  .superRefine((value, context) => {
    const issue = (message: string, ...path: string[]): void =>
      context.addIssue({ code: 'custom', message, path });
    if ((value.command === undefined) === (value.url === undefined)) {
      issue('needs a `command` to start, or the `url` of a server that runs, and not both');
      return;
    }
    const foreign =
      value.command === undefined
        ? (['args', 'env', 'cwd'] as const)
        : (['headers', 'uds', 'tls', 'oauth'] as const);
    for (const key of foreign)
      if (value[key] !== undefined)
        issue(`does nothing for a server with a \`${value.command === undefined ? 'url' : 'command'}\``, key);
    if (value.type !== undefined && (value.type === 'stdio') !== (value.command !== undefined))
      issue(
        `does not fit: \`${value.type}\` is for servers with a \`${value.type === 'stdio' ? 'command' : 'url'}\``,
        'type',
      );
    checkOAuth(value, issue);
  });

/** `servers` of a configuration, in TypeScript spelling: the MCP servers behind a gateway, in the shape that clients use. */
export const serversSchema = z.record(text, server).describe('The MCP servers behind the gateway, by name.');

/** One entry of `servers`. */
export type ServerSettings = z.output<typeof server>;
/** `servers` of a configuration. */
export type ServersSettings = z.output<typeof serversSchema>;
