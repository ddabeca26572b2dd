import type { Command } from 'commander';

/** What an MCP operation is about. */
export type OperationKind = 'tool' | 'prompt' | 'resource';

/** One operation of MCP as the guard sees it: the call of a tool, the fetch of a prompt, the read of a resource. */
export interface Operation {
  readonly kind: OperationKind;
  /** Name of the tool or prompt, URI of the resource. */
  readonly target: string;
}

/** Options that say what kind of thing the TARGET of a command is. */
export interface KindOptions {
  readonly prompt?: boolean;
  readonly resource?: boolean;
}

/** The two hooks of an operation. */
export interface OperationHooks {
  readonly pre: 'tool_pre_invoke' | 'prompt_pre_fetch' | 'resource_pre_fetch';
  readonly post: 'tool_post_invoke' | 'prompt_post_fetch' | 'resource_post_fetch';
}

const hooks: Readonly<Record<OperationKind, OperationHooks>> = {
  tool: { pre: 'tool_pre_invoke', post: 'tool_post_invoke' },
  prompt: { pre: 'prompt_pre_fetch', post: 'prompt_post_fetch' },
  resource: { pre: 'resource_pre_fetch', post: 'resource_post_fetch' },
};

/** Adds TARGET and the options that say what it is. */
export function addTarget(command: Command): Command {
  return command
    .argument('<target>', 'name of a tool')
    .option('--prompt', 'TARGET is the name of a prompt')
    .option('--resource', 'TARGET is the URI of a resource');
}

/** The operation that a command line asks about. */
export function operationOf(target: string, { prompt, resource }: KindOptions): Operation {
  if (prompt === true) return { kind: 'prompt', target };
  return { kind: resource === true ? 'resource' : 'tool', target };
}

/** The hooks that run around an operation. */
export function hooksAround({ kind }: Operation): OperationHooks {
  return hooks[kind];
}

/** The payload of the hook before an operation. */
export function payloadBefore({ kind, target }: Operation, args: Readonly<Record<string, unknown>>) {
  return kind === 'resource' ? { uri: target } : { name: target, args: { ...args } };
}

/** The payload of the hook after an operation. */
export function payloadAfter({ kind, target }: Operation, result: unknown) {
  return kind === 'resource' ? { uri: target, content: result } : { name: target, result };
}
