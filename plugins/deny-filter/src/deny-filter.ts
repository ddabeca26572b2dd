import {
  block,
  type DeepReadonly,
  type HookHandlers,
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
import { rewritePayload } from '@mcpplugins/plugin-kit';
import { DenyVisitor } from './deny-visitor.js';
import { DenyList } from './matcher/deny-list.js';
import { denyFilterSettings } from './settings.js';

/** What is refused, by hook: the words of the reason. */
const subjects: Readonly<Record<HookName, string>> = {
  prompt_pre_fetch: 'Prompt',
  prompt_post_fetch: 'Prompt result',
  tool_pre_invoke: 'Tool call',
  tool_post_invoke: 'Tool result',
  resource_pre_fetch: 'Resource',
  resource_post_fetch: 'Resource content',
};

/** Refuses, redacts or reports operations that mention a word of a list, anywhere in what passes a hook. */
export class DenyFilter extends Plugin<typeof denyFilterSettings> {
  static override readonly settingsSchema = denyFilterSettings;
  static override readonly version = '0.1.0';

  readonly list: DenyList;

  constructor(config: PluginConfigInput | PluginConfig) {
    super(config);
    this.list = new DenyList(this.settings);
  }

  override readonly hooks = {
    prompt_pre_fetch: (payload, context) => this.filter('prompt_pre_fetch', payload, context),
    prompt_post_fetch: (payload, context) => this.filter('prompt_post_fetch', payload, context),
    tool_pre_invoke: (payload, context) => this.filter('tool_pre_invoke', payload, context),
    tool_post_invoke: (payload, context) => this.filter('tool_post_invoke', payload, context),
    resource_pre_fetch: (payload, context) => this.filter('resource_pre_fetch', payload, context),
    resource_post_fetch: (payload, context) => this.filter('resource_post_fetch', payload, context),
  } satisfies HookHandlers;

  filter<Hook extends HookName>(
    hook: Hook,
    payload: DeepReadonly<PayloadOf<Hook>>,
    context: PluginContext,
  ): HookResult<PayloadOf<Hook>> | undefined {
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
    return rewritten === payload ? proceed(metadata) : modify<PayloadOf<Hook>>(rewritten, metadata);
  }
}

/** Which rules matched, by their place in the settings: neither the words of the list nor those of the text. */
function metadataOf({ rules }: DenyVisitor): ResultMetadata & { readonly deny_filter: ResultMetadata } {
  const categories = new Set([...rules].flatMap(({ category }) => category ?? []));
  return {
    deny_filter: { rules: [...rules].map(({ id }) => id).toSorted(), categories: [...categories].toSorted() },
  };
}
