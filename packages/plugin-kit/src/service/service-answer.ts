import type { FrameworkError, HookResult } from '@mcpplugins/framework-core';

/** What to do when a service does not answer: refuse the operation, or let it pass. */
export type FailMode = 'closed' | 'open';

/** Why a service gave no answer that can be used. */
export type ServiceErrorCode =
  'SERVICE_UNAVAILABLE' | 'SERVICE_TIMEOUT' | 'SERVICE_REJECTED' | 'SERVICE_ANSWER_INVALID';

/** What came of a question to a service. */
export type ServiceAnswer<Value> =
  | { readonly ok: true; readonly value: Value; readonly isCached: boolean }
  | {
      readonly ok: false;
      readonly error: FrameworkError<ServiceErrorCode>;
      /** What a handler returns, by the fail mode: a block, or going on with `service_unavailable` in the metadata. */
      readonly result: HookResult<never>;
    };
