import type { RequestId } from '@mcpplugins/mcp-transport';
import { BoundedMap } from './bounded-map.js';
import type { Call } from './call.js';

const maxTaskTokens = 1000;

/**
 * Which progress tokens are in use. Progress for another token is dropped: some clients take it for the end of the
 * connection. A token of a call that was answered by a task stays in use.
 */
export class ProgressTokens {
  private readonly calls = new Map<RequestId, Call>();
  private readonly tasks = new BoundedMap<RequestId, true>(maxTaskTokens);

  add(call: Call): void {
    const token = tokenOf(call);
    if (token !== undefined) this.calls.set(token, call);
  }

  /** The call is over; `isTask`: a task goes on in its place. */
  remove(call: Call, isTask: boolean): void {
    const token = tokenOf(call);
    if (token === undefined || this.calls.get(token) !== call) return;
    this.calls.delete(token);
    if (isTask) this.tasks.set(token, true);
  }

  /** The call that a token belongs to, `task` for that of a task, or undefined when nobody uses it. */
  find(token: unknown): Call | 'task' | undefined {
    if (!isToken(token)) return undefined;
    return this.calls.get(token) ?? (this.tasks.has(token) ? 'task' : undefined);
  }
}

function tokenOf(call: Call): RequestId | undefined {
  const token = call.message.params?._meta?.progressToken;
  return isToken(token) ? token : undefined;
}

function isToken(value: unknown): value is RequestId {
  return typeof value === 'string' || typeof value === 'number';
}
