import type { AnyHookContract } from '../contracts/hook-contract.js';
import { FrameworkError } from '../errors/framework-error.js';
import { didYouMean } from '../errors/nearest.js';
import type { HostFacts } from './check-config.js';
import type { PluginManagerOptions } from './plugin-manager-options.js';

/**
 * Gathers what the host says about itself. The built-in contracts are loaded only for a host that states none.
 * @throws FrameworkError `CONTRACT_CONFLICT`, `HOOK_UNKNOWN`
 */
export async function hostFactsOf({ contracts, fires, supplies }: PluginManagerOptions): Promise<HostFacts> {
  const byName = addContracts(new Map(), contracts ?? (await loadBuiltInContracts()));
  const fired = fires?.map((hook) => (typeof hook === 'string' ? hook : hook.name));
  for (const hook of fired ?? []) {
    if (!byName.has(hook)) {
      throw new FrameworkError(
        'HOOK_UNKNOWN',
        `fires: there is no hook "${hook}"${didYouMean(hook, byName.keys())}`,
      );
    }
  }
  return {
    contracts: byName,
    fires: fired && new Set(fired),
    supplies: supplies && new Set(supplies),
  };
}

async function loadBuiltInContracts(): Promise<readonly AnyHookContract[]> {
  const { builtInContracts } = await import('../contracts/built-in-contracts.js');
  return builtInContracts;
}

/**
 * Adds contracts to a map by name.
 * @throws FrameworkError `CONTRACT_CONFLICT` when another contract has the name
 */
export function addContracts(
  known: Map<string, AnyHookContract>,
  contracts: readonly AnyHookContract[],
): Map<string, AnyHookContract> {
  for (const contract of contracts) {
    const other = known.get(contract.name);
    if (other !== undefined && other !== contract) {
      throw new FrameworkError(
        'CONTRACT_CONFLICT',
        `there are two different contracts of the hook "${contract.name}"`,
      );
    }
    known.set(contract.name, contract);
  }
  return known;
}
