import type {
  DeepReadonly,
  HookName,
  HostRequest,
  MaybePromise,
  Outcome,
  PayloadOf,
} from '@mcpplugins/framework-core';
import type { JsonRpcErrorObject, MessageBody } from '@mcpplugins/mcp-transport';
import { KeyNames } from '../json/key-names.js';
import type { OutputSchemas } from '../output-schema/output-schemas.js';

/** Which end of a session sent a message. */
export type Side = 'client' | 'server';

/** What a request was answered with. */
export type Answer = { readonly result: unknown } | { readonly error: JsonRpcErrorObject };

/** One guarded operation: the hooks of one request and its answer. */
export interface Operation {
  /** Runs the pre hook. */
  before(request: HostRequest): MaybePromise<Outcome>;
  /** The params to send when the pre hook changed its payload to `modified`. */
  paramsOf(modified: unknown): MessageBody;
  /** Whether a plugin runs on the post hook. */
  hasAfter(request: HostRequest): boolean;
  /** Runs the post hook. `owned`: the answer was parsed for this call and nobody else has it. */
  after(request: HostRequest, answer: Answer, owned: boolean): MaybePromise<Outcome>;
  /** The answer to give when the post hook changed its payload to `modified`. */
  answerOf(modified: unknown): Answer;
  /** What becomes of an answer that a plugin changed. */
  settle(changed: Answer, schemas: OutputSchemas): MaybePromise<Answer>;
}

/** A place in the protocol at which plugins run: one row of the table of hook points. */
export interface HookPoint {
  readonly method: string;
  /** Who sends the request. */
  readonly from: Side;
  /** Undefined where there is only something to do with the answer. */
  readonly pre: HookName | undefined;
  readonly post: HookName;
  /** What a blocked request is answered with: a result with `isError: true`, or a JSON-RPC error. */
  readonly refusal: 'result' | 'error';
  /** Whether the request may be answered by a task, whose `tasks/result` then is guarded like the answer. */
  readonly mayBeTask: boolean;
  /** Keys of `params` that have a meaning here. */
  readonly keys: KeyNames;
  /** Reads the params of a request. @throws RequestRefused when they do not fit the method */
  open(params: MessageBody | undefined): Operation;
}

/** What a row with both hooks says. */
export interface HookPointDefinition<Pre extends HookName, Post extends HookName> {
  readonly method: string;
  readonly from: Side;
  readonly pre: Pre;
  readonly post: Post;
  readonly refusal: 'result' | 'error';
  readonly mayBeTask?: boolean;
  /** Keys of `params` that `readParams` reads or that the protocol gives a meaning. */
  readonly keys: readonly string[];
  /** @throws RequestRefused */
  readParams(params: MessageBody): PayloadOf<Pre>;
  writeParams(params: MessageBody, payload: DeepReadonly<PayloadOf<Pre>>): MessageBody;
  readAnswer(asked: PayloadOf<Pre>, answer: Answer): PayloadOf<Post>;
  writeAnswer(payload: DeepReadonly<PayloadOf<Post>>): Answer;
  /** What becomes of an answer that a plugin changed; default: it is given as it is. */
  settle?(asked: PayloadOf<Pre>, changed: Answer, schemas: OutputSchemas): MaybePromise<Answer>;
}

const noParams: MessageBody = Object.freeze({});

/** Makes a row of the table. */
export function defineHookPoint<Pre extends HookName, Post extends HookName>(
  definition: HookPointDefinition<Pre, Post>,
): HookPoint {
  const { method, from, pre, post, refusal } = definition;
  return {
    method,
    from,
    pre,
    post,
    refusal,
    mayBeTask: definition.mayBeTask ?? false,
    keys: new KeyNames(definition.keys),
    open: (params = noParams) => new PointOperation(definition, params),
  };
}

class PointOperation<Pre extends HookName, Post extends HookName> implements Operation {
  private readonly definition: HookPointDefinition<Pre, Post>;
  private readonly params: MessageBody;
  private readonly asked: PayloadOf<Pre>;

  constructor(definition: HookPointDefinition<Pre, Post>, params: MessageBody) {
    this.definition = definition;
    this.params = params;
    this.asked = definition.readParams(params);
  }

  before(request: HostRequest): MaybePromise<Outcome> {
    return request.invoke(this.definition.pre, this.asked, { owned: true });
  }

  // The table does not carry payload types: what comes back from a hook is what was given to it, or fits its contract.
  paramsOf(modified: unknown): MessageBody {
    return this.definition.writeParams(this.params, modified as DeepReadonly<PayloadOf<Pre>>);
  }

  hasAfter(request: HostRequest): boolean {
    return request.has(this.definition.post);
  }

  after(request: HostRequest, answer: Answer, owned: boolean): MaybePromise<Outcome> {
    return request.invoke(this.definition.post, this.definition.readAnswer(this.asked, answer), { owned });
  }

  answerOf(modified: unknown): Answer {
    return this.definition.writeAnswer(modified as DeepReadonly<PayloadOf<Post>>);
  }

  settle(changed: Answer, schemas: OutputSchemas): MaybePromise<Answer> {
    return this.definition.settle?.(this.asked, changed, schemas) ?? changed;
  }
}
