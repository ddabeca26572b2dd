import { FrameworkError } from '@mcpplugins/framework-core';

/** Why a URL is not used. Resource filters use the same words as violation codes. */
export type NetRefusalCode =
  | 'INVALID_URI'
  | 'URI_TOO_LONG'
  | 'URI_CREDENTIALS'
  | 'PROTOCOL_BLOCKED'
  | 'DOMAIN_BLOCKED'
  | 'HOST_NOT_ALLOWED'
  | 'PRIVATE_ADDRESS'
  | 'DNS_FAILED'
  | 'REDIRECT_BLOCKED';

/** A refusal as data. Names scheme and host, and nothing else of the URL. */
export interface NetRefusal {
  readonly code: NetRefusalCode;
  /** One sentence for people. */
  readonly reason: string;
  readonly protocol?: string;
  readonly host?: string;
  /** Of `REDIRECT_BLOCKED`: what is wrong with the place that the redirect leads to. */
  readonly target?: NetRefusal;
}

/** A request that the net guard did not let out. */
export class NetRefusedError extends FrameworkError<'NET_REFUSED'> {
  readonly refusal: NetRefusal;

  constructor(refusal: NetRefusal) {
    super('NET_REFUSED', `${refusal.code}: ${refusal.reason}`);
    this.refusal = refusal;
  }
}

/** The refusal that is behind an error of a socket or of `fetch`, which wrap it as a cause. */
export function refusalBehind(error: unknown): NetRefusal | undefined {
  let current = error;
  for (let depth = 0; depth < 8 && current instanceof Error; depth++) {
    if (current instanceof NetRefusedError) return current.refusal;
    current = current.cause;
  }
  return undefined;
}
