import type {
  DecisionRecord,
  HookName,
  HostRequest,
  Observer,
  PluginManager,
} from '@mcpplugins/framework-core';
import { forwardingHooks } from '../hook-points/forwarding-hooks.js';
import { hookPoints } from '../hook-points/hook-points.js';
import type { HookPoint } from '../hook-points/hook-point.js';
import { incomingHooks, postRequestHook } from '../hook-points/incoming-hooks.js';
import { permissionHook } from '../hook-points/permissions.js';
import { registrationHooks } from '../hook-points/registration-hooks.js';
import {
  type Coverage,
  type CoveredServer,
  type CoverageRow,
  type CoverageStep,
  neverMatchingIn,
} from './coverage.js';

/** One operation that was tried. */
interface Trial {
  /** Undefined: it is about no server in particular. */
  readonly server: string | undefined;
  readonly method: string;
  readonly target: string | undefined;
  readonly hooks: readonly HookName[];
  /** Whether it can happen at all. */
  readonly happens: boolean;
}

type Row = Omit<CoverageRow, 'server'> & Pick<Trial, 'server'>;

/**
 * Finds out who runs where by sending empty operations through a manager: the executor itself says who runs and who does not.
 * @param start starts a manager whose plugins let everything pass and have no effects, with these observers; it is shut down here
 */
export async function measureCoverage(
  start: (observers: readonly Observer[]) => Promise<PluginManager>,
  servers: readonly CoveredServer[],
): Promise<Coverage> {
  const records = new Map<string, DecisionRecord[]>();
  const observer: Observer = {
    onDecisions: (decided, requestId) => {
      records.set(requestId, [...(records.get(requestId) ?? []), ...decided]);
    },
  };
  const manager = await start([observer]);
  const trials = [...servers.flatMap((server) => trialsOf(server)), ...trialsOfRequests];
  try {
    for (const [index, trial] of trials.entries()) await passThrough(manager, trial, String(index));
  } finally {
    // Plugins that run after the outcome have had their turn once the manager is shut down.
    await manager.shutdown();
  }
  const inOrder = manager.config.plugins.toSorted((left, right) => left.priority - right.priority);
  const order = new Map(inOrder.map(({ name }, index) => [name, index]));
  const rows = trials.flatMap((trial, index) => rowsOf(trial, records.get(String(index)) ?? [], order));
  const neverMatching = neverMatchingIn(rows).toSorted((left, right) => placeOf(order, left, right));
  return { rows: rows.filter((row) => isShown(row)), neverMatching };
}

/** What happens to HTTP requests that come in, whichever server they are for. */
const trialsOfRequests: readonly Trial[] = [
  {
    server: undefined,
    method: 'HTTP request',
    target: undefined,
    hooks: [...incomingHooks, postRequestHook],
    happens: true,
  },
];

/** What is about a server, and may be shown for it. */
function isShown(row: Row): row is CoverageRow {
  const isForwarding = (forwardingHooks as readonly string[]).includes(row.hook);
  return row.server !== undefined && (!isForwarding || row.steps.some(({ runs }) => runs !== 'never'));
}

function trialsOf(server: CoveredServer): readonly Trial[] {
  const { name } = server;
  const trial = { server: name, target: undefined, happens: true };
  return [
    ...hookPoints.flatMap((point) => trialsOfPoint(server, point)),
    {
      ...trial,
      method: 'HTTP request',
      hooks: forwardingHooks,
      happens: server.isRemote !== false,
    },
    ...Object.entries(registrationHooks).map(([operation, { pre, post }]) => ({
      ...trial,
      method: operation,
      hooks: [pre, post],
    })),
  ];
}

function trialsOfPoint(server: CoveredServer, { method, from, pre, post }: HookPoint): readonly Trial[] {
  const permission = from === 'client' ? [permissionHook] : [];
  const hooks = [...permission, ...(pre === undefined ? [post] : [pre, post])] as readonly HookName[];
  return targetsOf(server, method).map((target) => ({
    server: server.name,
    method,
    target,
    hooks,
    happens: true,
  }));
}

function targetsOf(server: CoveredServer, method: string): readonly (string | undefined)[] {
  const unknown = [undefined];
  switch (method) {
    case 'tools/call':
      return server.tools ?? unknown;
    case 'prompts/get':
      return server.prompts ?? unknown;
    case 'resources/read':
      return [...(server.resources ?? []), undefined];
    default:
      return unknown;
  }
}

async function passThrough(manager: PluginManager, trial: Trial, requestId: string): Promise<void> {
  const { server, target, hooks, method } = trial;
  const global = { requestId, serverId: server, metadata: { method } };
  await using request = manager.openRequest(global, { record: true });
  for (const hook of hooks) await invokeEmpty(request, hook, target);
}

/** Conditions read the target alone; nobody reads the rest, since the handlers are gone. */
async function invokeEmpty(request: HostRequest, hook: HookName, target: string | undefined): Promise<void> {
  const payload = target === undefined ? {} : { name: target, uri: target };
  await request.invoke(hook, payload as never);
}

function rowsOf(
  { server, method, target, hooks, happens }: Trial,
  records: readonly DecisionRecord[],
  order: ReadonlyMap<string, number>,
): readonly Row[] {
  return hooks.map((hook) => ({
    server,
    method,
    target,
    hook,
    steps: records
      .filter((record) => record.hook === hook && record.reason !== 'disabled')
      .map((record) => stepOf(record, happens))
      .toSorted((left, right) => placeOf(order, left, right)),
  }));
}

function stepOf({ plugin, mode, status, reason }: DecisionRecord, happens: boolean): CoverageStep {
  if (!happens) return { plugin, mode, runs: 'never' };
  if (reason === 'condition_unknown') return { plugin, mode, runs: 'depends' };
  return { plugin, mode, runs: status === 'ran' ? 'always' : 'never' };
}

interface OfPlugin {
  readonly plugin: string;
}

function placeOf(order: ReadonlyMap<string, number>, left: OfPlugin, right: OfPlugin): number {
  return (order.get(left.plugin) ?? 0) - (order.get(right.plugin) ?? 0);
}
