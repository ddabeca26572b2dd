import type { GlobalContextInput, Outcome } from '@mcpplugins/framework-core';

/** The first line of a recording. */
export interface RecordingHead {
  readonly recording: 1;
  /** ISO 8601. */
  readonly started: string;
  /** Configuration that was in force, as it was named. */
  readonly config: string;
  readonly server?: string | undefined;
}

/** What came of one hook call, without values of the payload. */
export interface CallVerdict {
  readonly verdict: 'proceed' | 'modify' | 'block' | 'respond';
  /** Code of the violation, when it was blocked. */
  readonly code?: string | undefined;
  /** Plugin that blocked or responded. */
  readonly plugin?: string | undefined;
  /** JSON pointers of what plugins changed, sorted. */
  readonly changedPaths: readonly string[];
  /** `plugin: CODE` of each plugin that only watched and would have blocked, sorted. */
  readonly wouldBlock: readonly string[];
}

/** Every further line of a recording: one hook call of a real session, with its payload. */
export interface RecordedCall {
  /** Counts from 1. */
  readonly call: number;
  /** Which host request it belongs to. */
  readonly request: string;
  /** ISO 8601. */
  readonly time: string;
  readonly context: Omit<GlobalContextInput, 'requestId'>;
  readonly hook: string;
  readonly payload: unknown;
  readonly outcome: CallVerdict;
}

/** What an outcome comes to. The request must have been opened with `record: true`. */
export function verdictOf({
  continueProcessing,
  violation,
  response,
  modifiedPayload,
  decisions = [],
}: Outcome): CallVerdict {
  const wouldBlock = decisions
    .filter(({ verdict }) => verdict === 'would_block')
    .map(({ plugin, code }) => `${plugin}: ${code ?? ''}`)
    .toSorted();
  if (!continueProcessing) {
    return {
      verdict: 'block',
      code: violation?.code,
      plugin: violation?.plugin,
      changedPaths: [],
      wouldBlock,
    };
  }
  const isChanged = modifiedPayload !== undefined;
  const changedPaths = isChanged
    ? [...new Set(decisions.filter(hasChanged).flatMap((step) => step.changedPaths))].toSorted()
    : [];
  if (response !== undefined) {
    return { verdict: 'respond', plugin: response.plugin, changedPaths, wouldBlock };
  }
  return { verdict: isChanged ? 'modify' : 'proceed', changedPaths, wouldBlock };
}

/** `audit` lists what it would have changed; other modes list what they did change. */
function hasChanged({ mode, status }: { readonly mode: string; readonly status: string }): boolean {
  return status === 'ran' && mode !== 'audit' && mode !== 'fire_and_forget';
}

/** What a payload is about: the name or URI of its target. */
export function targetOf(payload: unknown): string {
  if (typeof payload !== 'object' || payload === null) return '';
  const { name, uri, method } = payload as Readonly<Record<string, unknown>>;
  return [name, uri, method].find((value): value is string => typeof value === 'string') ?? '';
}
