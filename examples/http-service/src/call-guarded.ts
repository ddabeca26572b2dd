import type { HostRequest, OutcomeViolation } from '@mcpplugins/framework-core';

/** A function behind an endpoint. */
export type Tool = (args: Readonly<Record<string, unknown>>) => unknown;

/** A plugin does not let a call through, or its result out. */
export class CallRefused extends Error {
  readonly violation: OutcomeViolation | undefined;

  constructor(violation: OutcomeViolation | undefined) {
    super(violation?.reason);
    this.violation = violation;
  }
}

/**
 * A call with its hooks: one before it with the arguments, one after it with the result.
 * @throws CallRefused
 */
export async function callGuarded(
  request: HostRequest,
  name: string,
  args: Readonly<Record<string, unknown>>,
  tool: Tool,
): Promise<unknown> {
  const before = await request.invoke('tool_pre_invoke', { name, args });
  if (!before.continueProcessing) throw new CallRefused(before.violation);

  // A plugin may have answered in place of the tool.
  const result = before.response ? before.response.result : await tool(before.modifiedPayload?.args ?? args);

  const after = await request.invoke('tool_post_invoke', { name, result });
  if (!after.continueProcessing) throw new CallRefused(after.violation);
  return after.modifiedPayload ? after.modifiedPayload.result : result;
}
