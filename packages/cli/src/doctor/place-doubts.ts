import type { LoadedConfig } from '@mcpplugins/config-loader';
import { findAction } from '../errors/find-action.js';
import { placeProblem } from '../guard/place-problem.js';
import type { Finding } from '../output/diagnostics.js';
import type { Doubt } from './doubt.js';

/** Doubts with their fix, and the file, line and column that they are about. */
export async function placeDoubts(
  doubts: readonly Doubt[],
  config: LoadedConfig,
): Promise<readonly Finding[]> {
  return Promise.all(
    doubts.map(async (doubt) => placeProblem({ ...doubt, suggestion: await findAction(doubt.code) }, config)),
  );
}
