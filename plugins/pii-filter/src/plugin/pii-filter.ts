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
import { PiiEngine } from '../engine/pii-engine.js';
import { engineOptionsOf } from '../settings/engine-options-of.js';
import { FieldPolicy } from '../settings/field-policy.js';
import { piiFilterSettings } from '../settings/settings.js';
import { DetectionTally } from './detection-tally.js';
import { MaskingVisitor } from './masking-visitor.js';

/** What is refused, by hook: the words of the reason. */
const subjects: Readonly<Record<HookName, string>> = {
  prompt_pre_fetch: 'prompt arguments',
  prompt_post_fetch: 'prompt result',
  tool_pre_invoke: 'tool arguments',
  tool_post_invoke: 'tool result',
  resource_pre_fetch: 'resource request',
  resource_post_fetch: 'resource content',
};

/** Finds personal data in everything that passes through an MCP host, and masks, counts or refuses it. */
export class PiiFilter extends Plugin<typeof piiFilterSettings> {
  static override readonly settingsSchema = piiFilterSettings;
  static override readonly version = '0.1.0';

  readonly engine: PiiEngine;
  readonly fieldPolicy: FieldPolicy;

  constructor(config: PluginConfigInput | PluginConfig) {
    super(config);
    this.engine = new PiiEngine(engineOptionsOf(this.settings));
    this.fieldPolicy = new FieldPolicy(this.settings);
  }

  override readonly hooks = {
    prompt_pre_fetch: (payload, context) => this.filter('prompt_pre_fetch', payload.name, payload, context),
    prompt_post_fetch: (payload, context) => this.filter('prompt_post_fetch', payload.name, payload, context),
    tool_pre_invoke: (payload, context) => this.filter('tool_pre_invoke', payload.name, payload, context),
    tool_post_invoke: (payload, context) => this.filter('tool_post_invoke', payload.name, payload, context),
    resource_pre_fetch: (payload, context) =>
      this.filter('resource_pre_fetch', payload.uri, payload, context),
    resource_post_fetch: (payload, context) =>
      this.filter('resource_post_fetch', payload.uri, payload, context),
  } satisfies HookHandlers;

  filter<Hook extends HookName>(
    hook: Hook,
    target: string,
    payload: DeepReadonly<PayloadOf<Hook>>,
    context: PluginContext,
  ): HookResult<PayloadOf<Hook>> | undefined {
    const tally = new DetectionTally();
    const visitor = new MaskingVisitor(this, hook, target, context.tenantId ?? '', tally);
    const masked = rewritePayload(hook, payload, visitor, { headers: this.settings.scan_headers });
    if (tally.total === 0) return undefined;
    if (this.settings.log_detections) {
      context.logger.info('pii-filter found personal data', {
        hook,
        types: tally.detectedTypes,
        count: tally.total,
      });
    }
    if (tally.blocked > 0) return this.refuse(hook, tally);
    const metadata = metadataOf(hook, tally);
    return masked === payload ? proceed(metadata) : modify<PayloadOf<Hook>>(masked, metadata);
  }

  refuse(hook: HookName, tally: DetectionTally): HookResult<never> {
    return block(
      {
        code: 'PII_DETECTED',
        reason: `PII detected in ${subjects[hook]}`,
        details: { field: tally.blockedField, types: tally.refusedTypes, count: tally.blocked },
      },
      metadataOf(hook, tally),
    );
  }
}

function metadataOf(hook: HookName, tally: DetectionTally): ResultMetadata {
  return {
    pii_detections: tally.total,
    pii_filter: {
      stage: hook,
      total_detections: tally.total,
      total_masked: tally.blocked > 0 ? 0 : tally.masked,
      detection_types: tally.detectedTypes,
    },
  };
}
