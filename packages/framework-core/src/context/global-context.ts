import { isolate } from '../payload/isolate.js';

/** Who is asking, beyond a name. Set by the host from a verified identity. */
export interface UserContext {
  readonly userId: string;
  readonly email?: string | undefined;
  readonly fullName?: string | undefined;
  readonly isAdmin?: boolean | undefined;
  readonly groups?: readonly string[] | undefined;
  readonly roles?: readonly string[] | undefined;
  readonly attributes?: Readonly<Record<string, unknown>> | undefined;
}

/** What the host says of a request. Frozen: nothing that a plugin or a wire reply says changes it. */
export interface GlobalContext {
  readonly requestId: string;
  readonly user: string | undefined;
  readonly tenantId: string | undefined;
  /** The server that the operation goes to, by the host's name for it. */
  readonly serverId: string | undefined;
  readonly contentType: string | undefined;
  readonly userContext: UserContext | undefined;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** What a host passes to open a request; a missing `requestId` is generated. */
export type GlobalContextInput = {
  readonly [Field in keyof GlobalContext]?: GlobalContext[Field] | undefined;
};

/** Identity fields that conditions can compare. */
const identityFields = ['user', 'tenantId', 'serverId', 'contentType'] as const;

/** One of the identity fields that a host may be able to supply. */
export type IdentityField = (typeof identityFields)[number];

const noMetadata: Readonly<Record<string, unknown>> = Object.freeze({});

/** Copies and freezes what the host said. A `null` from untyped code is a value that is not there. */
export function createGlobalContext(input: GlobalContextInput, requestId: string): GlobalContext {
  return Object.freeze({
    requestId: input.requestId ?? requestId,
    user: input.user ?? undefined,
    tenantId: input.tenantId ?? undefined,
    serverId: input.serverId ?? undefined,
    contentType: input.contentType ?? undefined,
    userContext: input.userContext === undefined ? undefined : isolate(input.userContext),
    metadata: input.metadata === undefined ? noMetadata : isolate(input.metadata),
  });
}
