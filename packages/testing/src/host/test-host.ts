import type {
  AnyHookContract,
  ContractPayload,
  DecisionRecord,
  GlobalContextInput,
  HookName,
  HookReference,
  HostRequest,
  Outcome,
  PayloadOf,
  PluginManager,
} from '@mcpplugins/framework-core';
import { payloadFor } from '../payloads/payload-for.js';

/** What a test passes with a hook: fields of a built-in hook's payload, or the whole payload of a custom one. */
export type TestPayload<Hook extends HookReference> = Hook extends HookName
  ? Partial<PayloadOf<Hook>>
  : Hook extends AnyHookContract
    ? ContractPayload<Hook>
    : never;

/** A host for one test. Dispose of it: `await using host = await createTestHost(…)`. */
export class TestHost implements AsyncDisposable {
  /** The real thing, e.g. for `health()` or `configurePlugin`. */
  readonly manager: PluginManager;
  /** Every decision record so far, background plugins included. */
  readonly records: readonly DecisionRecord[];
  private readonly global: GlobalContextInput;
  private current: HostRequest;
  private requests = 0;

  constructor(manager: PluginManager, records: readonly DecisionRecord[], global: GlobalContextInput = {}) {
    this.manager = manager;
    this.records = records;
    this.global = global;
    this.current = this.open({});
  }

  /** The request that hooks are called on: state and `local` last as long as it does. */
  get request(): HostRequest {
    return this.current;
  }

  /** Ends the present request and opens another one, with other identity if you give some. */
  nextRequest(global: GlobalContextInput = {}): HostRequest {
    this.current.close();
    this.current = this.open(global);
    return this.current;
  }

  /**
   * Calls a hook. For a built-in hook give only the fields that matter; `payloadFor` has the rest. The outcome has
   * `decisions`, one record per plugin.
   * @throws FrameworkError what `HostRequest.invoke` and `payloadFor` throw
   */
  async invoke<Hook extends HookReference>(
    hook: Hook,
    payload?: TestPayload<Hook>,
  ): Promise<Outcome<PayloadOf<Hook>>> {
    const whole = typeof hook === 'string' ? payloadFor<HookName>(hook, payload ?? {}) : payload;
    return this.current.invoke(hook, whole as PayloadOf<Hook>);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.current.close();
    await this.manager.shutdown();
  }

  private open(global: GlobalContextInput): HostRequest {
    this.requests++;
    return this.manager.openRequest(
      { requestId: `test-${this.requests}`, ...this.global, ...global },
      { record: true },
    );
  }
}
