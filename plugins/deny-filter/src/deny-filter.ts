import {
  block,
  type DeepReadonly,
  type HookName,
  type HookResult,
  modify,
  type PayloadOf,
  Plugin,
  type PluginConfig,
  type PluginConfigInput,
  type PluginContext,
  proceed,
  type ResultMetadata,
} from '@mcpplugins/framework-core';
import { handleHooks, rewritePayload } from '@mcpplugins/plugin-kit';
import { DenyVisitor } from './deny-visitor.js';
import { DenyList } from './matcher/deny-list.js';
import { denyFilterSettings } from './settings.js';

/** What is refused, by hook: the words of the reason. */
const subjects = {
  prompt_pre_fetch: 'Prompt',
  prompt_post_fetch: 'Prompt result',
  tool_pre_invoke: 'Tool call',
  tool_post_invoke: 'Tool result',
  resource_pre_fetch: 'Resource',
  resource_post_fetch: 'Resource content',
  sampling_pre_create: 'Sampling request',
  sampling_post_complete: 'Completion',
  elicitation_pre_create: 'Question',
  elicitation_post_response: 'Answer',
  completion_pre_complete: 'Completion request',
  completion_post_complete: 'Completion values',
  notification_pre_send: 'Notification',
  agent_pre_invoke: 'Agent call',
  agent_post_invoke: 'Agent result',
} as const satisfies { readonly [Hook in HookName]?: string };

type FilteredHook = keyof typeof subjects;
type FilteredPayload = PayloadOf<FilteredHook>;

/** Refuses, redacts or reports operations that mention a word of a list, anywhere in what passes a hook. */
export class DenyFilter extends Plugin<typeof denyFilterSettings> {
  static override readonly settingsSchema = denyFilterSettings;
  static override readonly version = '0.1.0';

  readonly list: DenyList;

  constructor(config: PluginConfigInput | PluginConfig) {
    super(config);
    this.list = new DenyList(this.settings);
  }

  override readonly hooks = handleHooks(Object.keys(subjects) as FilteredHook[], (hook, payload, context) =>
    this.filter(hook, payload, context),
  );

  filter(
    hook: FilteredHook,
    payload: DeepReadonly<FilteredPayload>,
    context: PluginContext,
  ): HookResult<FilteredPayload> | undefined {
    const visitor = new DenyVisitor(this.list, this.settings.redaction_text);
    const rewritten = rewritePayload(hook, payload, visitor, { target: true });
    if (visitor.rules.size === 0) return undefined;
    const metadata = metadataOf(visitor);
    context.logger.warn('deny-filter matched', { hook, ...metadata.deny_filter });
    if (visitor.isBlocked) {
      return block(
        {
          code: this.settings.violation_code,
          reason: `${subjects[hook]} not allowed`,
          details: { ...metadata.deny_filter, places: visitor.blockedPlaces },
        },
        metadata,
      );
    }
    return rewritten === payload ? proceed(metadata) : modify<FilteredPayload>(rewritten, metadata);
  }
}

/** Which rules matched, by their place in the settings: neither the words of the list nor those of the text. */
function metadataOf({ rules }: DenyVisitor): ResultMetadata & { readonly deny_filter: ResultMetadata } {
  const categories = new Set([...rules].flatMap(({ category }) => category ?? []));
  return {
    deny_filter: { rules: [...rules].map(({ id }) => id).toSorted(), categories: [...categories].toSorted() },
  };
}
