import type { DeepReadonly } from '../deep-readonly.js';
import type { HookReference, PayloadOf } from '../contracts/hook-contracts.js';
import type { MaybePromise } from '../maybe-promise.js';
import type { Outcome } from '../results/outcome.js';
import type { GlobalContext } from './global-context.js';

/** Options of one hook call. */
export interface InvokeOptions {
  /** The host hands the payload over for good (fresh `JSON.parse` output): it is frozen in place, not copied. */
  readonly owned?: boolean | undefined;
}

/** One request of a host: carries contexts from hook to hook and pins the set of plans. */
export interface HostRequest extends AsyncDisposable {
  readonly global: GlobalContext;
  /**
   * Runs one hook. Answers at once when no plugin is asynchronous, otherwise a promise: `await` takes both.
   * @throws FrameworkError `HOOK_UNKNOWN`, `REQUEST_CLOSED`, `MANAGER_NOT_RUNNING`, `INVARIANT`
   */
  invoke<Hook extends HookReference>(
    hook: Hook,
    payload: PayloadOf<Hook> | DeepReadonly<PayloadOf<Hook>>,
    options?: InvokeOptions,
  ): MaybePromise<Outcome<PayloadOf<Hook>>>;
  /** Whether any plugin runs on this hook: if not, a host need not build the payload. */
  has(hook: HookReference): boolean;
  /** Ends the request: state is dropped, signals fire, later calls are refused. */
  close(): void;
}
