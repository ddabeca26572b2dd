import type { AnyHookContract, HookTarget } from '../contracts/hook-contract.js';
import type { DecisionRecord } from '../results/decision-record.js';
import type { RunRequest } from './run-environment.js';

/** What all records of one hook call say of the call. */
export type DecisionSubject = Pick<DecisionRecord, 'hook' | 'serverId' | 'target'>;

/** A client can give names of any length. */
const maxTargetLength = 256;

/** Works it out from the payload as the host passed it: plugins cannot change its target. */
export function subjectOf(
  contract: AnyHookContract,
  { global }: Pick<RunRequest, 'global'>,
  payload: object,
): DecisionSubject {
  return { hook: contract.name, serverId: global.serverId, target: targetOf(contract, payload) };
}

function targetOf({ target }: AnyHookContract, payload: object): string | undefined {
  try {
    const { tools, prompts, agents, resources }: HookTarget = target?.(payload as never) ?? {};
    const name: unknown = tools ?? prompts ?? agents ?? (resources && withoutSecrets(resources));
    return typeof name === 'string' ? name.slice(0, maxTargetLength) : undefined;
  } catch {
    // A payload that is not what the contract says: the run itself has its own answer to that.
    return undefined;
  }
}

/** Scheme; user; host and port; path. */
const placed =
  /^([a-z][a-z\d+.-]*:\/\/)(?:[^/?#]*@)?((?:[\w.~%-]*|\[[\da-f:.]+\])(?::\d+)?(?:\/[^?#]*)?)(?:[?#]|$)/i;
const scheme = /^[a-z][a-z\d+.-]*:/i;

/**
 * A URI without user, query and fragment, where tokens stand. Of one that names no place (`data:`), and of one that is
 * malformed, the scheme alone: what follows may be anything.
 */
function withoutSecrets(uri: string): string | undefined {
  const [, begin, place] = placed.exec(uri) ?? [];
  return begin === undefined || place === undefined ? scheme.exec(uri)?.[0] : begin + place;
}
