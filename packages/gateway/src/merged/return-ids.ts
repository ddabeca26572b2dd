import type { MessageBody, RequestId } from '@mcpplugins/mcp-transport';
import { isObject } from '../hook-points/read-params.js';
import type { Member } from './member.js';

/** A request of a server that waits for the client. */
export interface Returning {
  readonly member: Member;
  readonly id: RequestId;
}

interface Token {
  readonly member: Member;
  readonly token: RequestId;
}

/** Ids and progress tokens of the servers' own requests: every server counts from 0, so in one session they need others. */
export class ReturnIds {
  private readonly requests = new Map<string, Returning & { readonly shownToken: string | undefined }>();
  private readonly shownIds = new Map<Member, Map<RequestId, string>>();
  private readonly tokens = new Map<string, Token>();
  private last = 0;

  /** The id and params that the client sees. */
  add(
    member: Member,
    id: RequestId,
    params: MessageBody | undefined,
  ): { id: string; params: MessageBody | undefined } {
    const shown = `${member.key}-${++this.last}`;
    const meta = params?.['_meta'];
    const token = isObject(meta) ? meta['progressToken'] : undefined;
    const hasToken = typeof token === 'string' || typeof token === 'number';
    if (hasToken) this.tokens.set(shown, { member, token });
    this.requests.set(shown, { member, id, shownToken: hasToken ? shown : undefined });
    const ids = this.shownIds.get(member) ?? new Map<RequestId, string>();
    this.shownIds.set(member, ids.set(id, shown));
    if (!hasToken || !isObject(meta)) return { id: shown, params };
    return { id: shown, params: { ...params, _meta: { ...meta, progressToken: shown } } };
  }

  /** The request that an answer of the client is for; it is over. */
  settle(shown: unknown): Returning | undefined {
    const request = typeof shown === 'string' ? this.requests.get(shown) : undefined;
    if (request === undefined || typeof shown !== 'string') return undefined;
    this.requests.delete(shown);
    this.shownIds.get(request.member)?.delete(request.id);
    if (request.shownToken !== undefined) this.tokens.delete(request.shownToken);
    return request;
  }

  /** What the client knows a request of a server by. */
  shownId(member: Member, id: unknown): string | undefined {
    return typeof id === 'string' || typeof id === 'number' ? this.shownIds.get(member)?.get(id) : undefined;
  }

  findToken(shown: unknown): Token | undefined {
    return typeof shown === 'string' ? this.tokens.get(shown) : undefined;
  }
}
