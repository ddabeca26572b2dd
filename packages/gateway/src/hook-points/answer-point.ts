import type { HookName, HostRequest, MaybePromise, Outcome, PayloadOf } from '@mcpplugins/framework-core';
import type { MessageBody } from '@mcpplugins/mcp-transport';
import { KeyNames } from '../json/key-names.js';
import { toAnswer } from './answers.js';
import type { Answer, HookPoint, Operation, Side } from './hook-point.js';

/** Hooks whose payload is the answer and nothing else. */
type AnswerHook = {
  [Hook in HookName]: Answer extends PayloadOf<Hook> ? Hook : never;
}[HookName];

/** What a row with a post hook alone says. */
export interface AnswerPointDefinition {
  readonly method: string;
  readonly from: Side;
  readonly post: AnswerHook;
}

/** Makes a row of the table for a request whose answer alone is looked at: the lists. */
export function defineAnswerPoint({ method, from, post }: AnswerPointDefinition): HookPoint {
  const operation = new AnswerOperation(post);
  return {
    method,
    from,
    pre: undefined,
    post,
    refusal: 'error',
    mayBeTask: false,
    keys: new KeyNames(['cursor', '_meta']),
    open: () => operation,
  };
}

class AnswerOperation implements Operation {
  private readonly post: AnswerHook;

  constructor(post: AnswerHook) {
    this.post = post;
  }

  before(): Outcome {
    return { continueProcessing: true, metadata: {} };
  }

  paramsOf(): MessageBody {
    throw new Error('there is no pre hook that could change params');
  }

  hasAfter(request: HostRequest): boolean {
    return request.has(this.post);
  }

  after(request: HostRequest, answer: Answer, owned: boolean): MaybePromise<Outcome> {
    return request.invoke(this.post, answer, { owned });
  }

  answerOf(modified: unknown): Answer {
    return toAnswer(modified as Parameters<typeof toAnswer>[0]);
  }

  settle(changed: Answer): Answer {
    return changed;
  }
}
