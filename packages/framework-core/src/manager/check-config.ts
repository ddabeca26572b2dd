import type { PluginCondition, PluginConfig } from '../config/plugin-config.js';
import type { IdentityField } from '../context/global-context.js';
import type { AnyHookContract } from '../contracts/hook-contract.js';
import { FrameworkError } from '../errors/framework-error.js';
import { didYouMean } from '../errors/nearest.js';
import { modeTable } from '../execution/mode-table.js';

/** Condition fields that compare identity, and the field of the request that they compare. */
const identityConditions = [
  ['serverIds', 'serverId'],
  ['tenantIds', 'tenantId'],
  ['userPatterns', 'user'],
  ['contentTypes', 'contentType'],
] as const satisfies readonly (readonly [keyof PluginCondition, IdentityField])[];

/** What a host says about itself, for checks at start-up. */
export interface HostFacts {
  readonly contracts: ReadonlyMap<string, AnyHookContract>;
  /** Undefined: the host fires every hook. */
  readonly fires: ReadonlySet<string> | undefined;
  /** Undefined: the host can supply every identity field. */
  readonly supplies: ReadonlySet<IdentityField> | undefined;
}

/**
 * Refuses what could only disappoint later: names twice, hooks that do not exist or never fire, conditions that can never
 * be known, guards that switch themselves off.
 * @throws FrameworkError `DUPLICATE_PLUGIN`, `HOOK_UNKNOWN`, `HOOK_NOT_FIRED`, `IDENTITY_NOT_SUPPLIED`, `DISABLE_NOT_ALLOWED`
 */
export function checkConfigs(configs: readonly PluginConfig[], host: HostFacts): void {
  const names = new Set<string>();
  for (const config of configs) {
    const folded = config.name.toLowerCase();
    if (names.has(folded)) {
      throw new FrameworkError('DUPLICATE_PLUGIN', `two plugins are named "${config.name}"`, {
        plugin: config.name,
      });
    }
    names.add(folded);
    checkConfig(config, host);
  }
}

function checkConfig(config: PluginConfig, { contracts, fires, supplies }: HostFacts): void {
  const plugin = config.name;
  const refuse = (code: string, message: string): never => {
    throw new FrameworkError(code, `plugin "${plugin}": ${message}`, { plugin });
  };
  for (const hook of config.hooks ?? []) {
    // A disabled plugin is not loaded, and neither are the contracts that it would bring along.
    if (config.mode !== 'disabled' && !contracts.has(hook)) {
      refuse('HOOK_UNKNOWN', `there is no hook "${hook}"${didYouMean(hook, contracts.keys())}`);
    }
    if (config.mode !== 'disabled' && fires !== undefined && !fires.has(hook)) {
      refuse('HOOK_NOT_FIRED', `this host never fires "${hook}"; it fires ${[...fires].join(', ')}`);
    }
  }
  if (supplies !== undefined) {
    for (const [field, identity] of identityConditions) {
      const isConstrained = config.conditions.some((condition) => (condition[field]?.length ?? 0) > 0);
      if (isConstrained && !supplies.has(identity)) {
        refuse(
          'IDENTITY_NOT_SUPPLIED',
          `a condition compares ${field}, and this host never knows the ${identity}`,
        );
      }
    }
  }
  if (config.mode === 'disabled' || config.onError !== 'disable' || config.allowDisable) return;
  if (modeTable[config.mode].mayBlock) {
    refuse(
      'DISABLE_NOT_ALLOWED',
      `on_error: disable would switch a guard off (mode ${config.mode}); write allow_disable: true to accept that`,
    );
  }
}
