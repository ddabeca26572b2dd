import type { HostRequest, MaybePromise, Outcome } from '@mcpplugins/framework-core';
import type { MessageBody } from '@mcpplugins/mcp-transport';
import type { Answer, Operation } from '../hook-points/hook-point.js';
import { isObject } from '../hook-points/read-params.js';
import { BoundedMap } from './bounded-map.js';
import type { OutputSchemas } from '../output-schema/output-schemas.js';
import type { Call, CallGuard } from './call.js';

const maxTasks = 1000;

/**
 * The guarded calls that were answered by a task. `tasks/result` gets the post hook of the call that made the task, on the
 * same host request.
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/utilities/tasks
 */
export class TaskBook {
  private readonly tasks = new BoundedMap<string, CallGuard>(maxTasks, ({ request }) => request.close());

  /** Keeps the guard of a call if its answer is a task. */
  keep(call: Call, result: unknown): boolean {
    const { guard } = call;
    if (guard === undefined || !call.wantsTask || !isObject(result) || !isObject(result['task']))
      return false;
    const { taskId } = result['task'];
    if (typeof taskId !== 'string') return false;
    this.tasks.set(taskId, { ...guard, operation: new TaskResult(guard.operation), ownsRequest: false });
    return true;
  }

  /** The guard of the result of a task. */
  find(params: MessageBody | undefined): CallGuard | undefined {
    const taskId = params?.['taskId'];
    return typeof taskId === 'string' ? this.tasks.get(taskId) : undefined;
  }

  close(): void {
    this.tasks.clear();
  }
}

/** `tasks/result`: nothing before it, and after it what comes after the call that made the task. */
class TaskResult implements Operation {
  private readonly made: Operation;

  constructor(made: Operation) {
    this.made = made;
  }

  before(): Outcome {
    return { continueProcessing: true, metadata: {} };
  }

  paramsOf(): MessageBody {
    throw new Error('the pre hook of tasks/result changes nothing');
  }

  hasAfter(request: HostRequest): boolean {
    return this.made.hasAfter(request);
  }

  after(request: HostRequest, answer: Answer, owned: boolean): MaybePromise<Outcome> {
    return this.made.after(request, answer, owned);
  }

  answerOf(modified: unknown): Answer {
    return this.made.answerOf(modified);
  }

  settle(changed: Answer, schemas: OutputSchemas): MaybePromise<Answer> {
    return this.made.settle(changed, schemas);
  }
}
