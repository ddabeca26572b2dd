import { z } from 'zod';
import { mayLogInAt } from '../upstream/oauth/login-fetch.js';
import type { UpstreamOAuthOptions } from '../upstream/oauth/oauth-options.js';

const text = z.string().min(1);

/** `oauth` of a server in a configuration, in TypeScript spelling. */
export const oauthSchema = z
  .strictObject({
    clientId: text
      .describe(
        'Id of a client that is registered with the authorization server. Default: it registers itself.',
      )
      .optional(),
    clientSecret: text.describe('Its secret, if it has one.').optional(),
    clientMetadataUrl: z
      .url({ protocol: /^https$/ })
      .describe('Where what this client is stands, for authorization servers that take such a URL for an id.')
      .optional(),
    scopes: z.array(text).describe('What to ask for. Default: what the server names.').optional(),
    grant: z
      .enum(['authorization_code', 'client_credentials'])
      .describe(
        '`client_credentials` needs no person, but `client_id` and `client_secret`. Default: authorization_code.',
      )
      .optional(),
    tokenEndpointAuthMethod: z
      .enum(['client_secret_basic', 'client_secret_post', 'none'])
      .describe('How the client shows its secret. Default: what the authorization server takes.')
      .optional(),
    redirectPort: z
      .int()
      .min(1)
      .max(65_535)
      .describe("Port on this machine to which a person's browser comes back. Default: any free one.")
      .optional(),
    issuer: z
      .url({ protocol: /^https?$/ })
      .describe(
        'Authorization server to get tokens from, whichever the server names. With it a `client_secret` never goes elsewhere.',
      )
      .optional(),
  })
  .superRefine((value, context) => {
    const issue = (message: string, key: keyof UpstreamOAuthOptions): void =>
      context.addIssue({ code: 'custom', message, path: [key] });
    if (value.clientId !== undefined && value.clientMetadataUrl !== undefined)
      issue('does nothing with a `client_id`', 'clientMetadataUrl');
    if (value.clientSecret !== undefined && value.clientId === undefined)
      issue('does nothing without `client_id`', 'clientSecret');
    if (value.grant !== 'client_credentials') return;
    for (const key of ['clientId', 'clientSecret'] as const)
      if (value[key] === undefined) issue('is needed for `client_credentials`', key);
    for (const key of ['redirectPort', 'clientMetadataUrl'] as const)
      if (value[key] !== undefined) issue('does nothing with `client_credentials`', key);
  });

/** What the rest of a server says about its `oauth`. */
interface OAuthServer {
  readonly url?: string | undefined;
  readonly type?: string | undefined;
  readonly uds?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly oauth?: UpstreamOAuthOptions | undefined;
}

/** Whether a server can have `oauth` with what else it has. */
export function checkOAuth(
  { url, type, uds, headers = {}, oauth }: OAuthServer,
  issue: (message: string, ...path: string[]) => void,
): void {
  if (oauth === undefined || url === undefined) return;
  if (type === 'ws' || url.startsWith('ws')) {
    issue('does nothing for a WebSocket', 'oauth');
    return;
  }
  if (!mayLogInAt(new URL(url))) issue('sends tokens to https addresses only, and to this machine', 'oauth');
  if (uds !== undefined) issue('is not for servers behind a unix socket', 'oauth');
  const ownToken = Object.keys(headers).find((name) => name.toLowerCase() === 'authorization');
  if (ownToken !== undefined)
    issue('says what `oauth` is to find out: leave one of them out', 'headers', ownToken);
}
