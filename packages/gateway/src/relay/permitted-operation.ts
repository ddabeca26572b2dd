import type { HostRequest, MaybePromise, Outcome, PayloadOf } from '@mcpplugins/framework-core';
import type { MessageBody } from '@mcpplugins/mcp-transport';
import type { Answer, Operation } from '../hook-points/hook-point.js';
import { permissionHook } from '../hook-points/permissions.js';
import type { OutputSchemas } from '../output-schema/output-schemas.js';

/** An operation that takes a permission, which is asked for before anything else. */
export class PermittedOperation implements Operation {
  private readonly operation: Operation;
  private readonly asked: PayloadOf<typeof permissionHook>;

  constructor(operation: Operation, asked: PayloadOf<typeof permissionHook>) {
    this.operation = operation;
    this.asked = asked;
  }

  before(request: HostRequest): MaybePromise<Outcome> {
    const goOn = (outcome: Outcome): MaybePromise<Outcome> =>
      outcome.continueProcessing ? this.operation.before(request) : outcome;
    const outcome = request.invoke(permissionHook, this.asked, { owned: true });
    return outcome instanceof Promise ? outcome.then(goOn) : goOn(outcome);
  }

  paramsOf(modified: unknown): MessageBody {
    return this.operation.paramsOf(modified);
  }

  hasAfter(request: HostRequest): boolean {
    return this.operation.hasAfter(request);
  }

  after(request: HostRequest, answer: Answer, owned: boolean): MaybePromise<Outcome> {
    return this.operation.after(request, answer, owned);
  }

  answerOf(modified: unknown): Answer {
    return this.operation.answerOf(modified);
  }

  settle(changed: Answer, schemas: OutputSchemas): MaybePromise<Answer> {
    return this.operation.settle(changed, schemas);
  }
}
