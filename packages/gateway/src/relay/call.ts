import type { HostRequest } from '@mcpplugins/framework-core';
import type { JsonRpcRequest, RequestId } from '@mcpplugins/mcp-transport';
import type { CallOutcome } from '../operations/call-end.js';
import type { HookPoint, Operation } from '../hook-points/hook-point.js';

/** Where a request is: in its pre hook, at the target, in its post hook, or over. */
export type CallPhase = 'before' | 'sent' | 'after' | 'done';

/** The hooks of one request. */
export interface CallGuard {
  readonly point: HookPoint;
  readonly operation: Operation;
  readonly request: HostRequest;
  /** Whether the host request ends with the call. That of a task lives on. */
  readonly ownsRequest: boolean;
}

/** One request in flight. */
export class Call {
  readonly message: JsonRpcRequest;
  phase: CallPhase = 'before';
  guard: CallGuard | undefined = undefined;
  /** When it arrived, by `performance.now()`, if somebody wants to know. */
  since = 0;
  /** How it ended, where its answer does not say so. */
  outcome: CallOutcome | undefined = undefined;

  constructor(message: JsonRpcRequest) {
    this.message = message;
  }

  get id(): RequestId {
    return this.message.id;
  }

  /** Whether the request asks to be answered by a task. */
  get wantsTask(): boolean {
    return typeof this.message.params?.['task'] === 'object' && this.message.params['task'] !== null;
  }
}
