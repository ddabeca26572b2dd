import type { LoadedConfig } from '@mcpplugins/config-loader';
import { resolvePluginConfig } from '@mcpplugins/framework-core';
import type { CliErrorCode } from '../errors/error-codes.js';
import type { HostedConfig } from '../guard/load-for-host.js';
import type { Operation } from '../guard/operation.js';
import { startServer } from '../mcp/start-server.js';
import { type OperationPlan, planOperations } from '../plan/plan-operations.js';
import type { Terminal } from '../terminal.js';
import type { DoctorOptions } from './doctor.js';
import type { Doubt } from './doubt.js';
import { isGuarding } from './mode-groups.js';
import { lookAlikes } from './look-alikes.js';

/**
 * Doubts that only the server itself can raise: conditions that match nothing it has, tools that nothing guards, names
 * that shadow each other. Starts the server and lists; calls nothing.
 * @throws FrameworkError `SERVER_CALL_FAILED`
 */
export async function checkServer(
  hosted: HostedConfig,
  { command, server }: DoctorOptions,
  terminal: Terminal,
): Promise<readonly Doubt[]> {
  const operations = await listOperations(command, terminal);
  const plans = await planOperations(hosted, operations, server);
  return [...checkNames(operations), ...checkUse(hosted.config, plans), ...checkUnguarded(plans)];
}

/** The doubts about what a server has that bear on a single call: conditions that match nothing, names that shadow each other. */
export async function checkOperations(
  hosted: HostedConfig,
  operations: readonly Operation[],
  server: string | undefined,
): Promise<readonly Doubt[]> {
  const plans = await planOperations(hosted, operations, server);
  return [...checkNames(operations), ...checkUse(hosted.config, plans)];
}

async function listOperations(command: readonly string[], terminal: Terminal): Promise<readonly Operation[]> {
  await using running = await startServer({ command, terminal });
  const [tools, prompts] = await Promise.all([
    running.session.list('tools/list', 'tools'),
    running.session.list('prompts/list', 'prompts'),
  ]);
  return [
    ...tools.map((tool): Operation => ({ kind: 'tool', target: String(tool['name']) })),
    ...prompts.map((prompt): Operation => ({ kind: 'prompt', target: String(prompt['name']) })),
  ];
}

function checkNames(operations: readonly Operation[]): readonly Doubt[] {
  const tools = operations.filter(({ kind }) => kind === 'tool').map(({ target }) => target);
  return lookAlikes(tools).map((names) =>
    doubt(
      undefined,
      'NAME_SHADOWED',
      `tools look the same: ${names.map((name) => JSON.stringify(name)).join(', ')}`,
    ),
  );
}

/** Plugins whose conditions match nothing. Those that may match resources are left out: their URIs are not all known. */
function checkUse(config: LoadedConfig, plans: readonly OperationPlan[]): readonly Doubt[] {
  const steps = plans.flatMap(({ hooks }) => hooks.flatMap((hook) => hook.steps));
  const used = new Set(steps.filter(({ runs }) => runs).map(({ plugin }) => plugin));
  return config.plugins
    .map((registration) => resolvePluginConfig(registration.config))
    .filter(
      ({ name, mode }) =>
        mode !== 'disabled' && !used.has(name) && steps.some(({ plugin }) => plugin === name),
    )
    .filter(({ conditions }) => conditions.every(({ resources = [] }) => resources.length === 0))
    .map(({ name, conditions }) => {
      const wanted = conditions.flatMap(({ tools = [], prompts = [] }) => [...tools, ...prompts]).join(', ');
      const names = plans.map(({ operation }) => operation.target).join(', ');
      const message = `plugin "${name}": its conditions (${wanted || 'server_ids'}) match nothing of the server, which has ${names}`;
      return doubt(name, 'CONDITION_NEVER_MATCHES', message);
    });
}

function checkUnguarded(plans: readonly OperationPlan[]): readonly Doubt[] {
  const unguarded = plans.filter(({ hooks }) =>
    hooks.every(({ steps }) => steps.every(({ runs, mode }) => !runs || !isGuarding(mode))),
  );
  return (['tool', 'prompt'] as const).flatMap((kind) => {
    const names = unguarded
      .filter(({ operation }) => operation.kind === kind)
      .map(({ operation }) => operation.target);
    return names.length === 0
      ? []
      : doubt(undefined, 'UNGUARDED', `nothing guards the ${kind}s ${names.join(', ')}`);
  });
}

function doubt(plugin: string | undefined, code: CliErrorCode, message: string): Doubt {
  return { plugin, severity: 'warning', code, message };
}
