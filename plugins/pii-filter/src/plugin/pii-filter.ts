import {
  block,
  type DeepReadonly,
  type HookName,
  type HookResult,
  type Logger,
  modify,
  type PayloadOf,
  Plugin,
  type PluginConfig,
  type PluginConfigInput,
  type PluginContext,
  proceed,
  type ResultMetadata,
  type Violation,
} from '@mcpplugins/framework-core';
import { handleHooks, rewritePayload } from '@mcpplugins/plugin-kit';
import { PiiEngine } from '../engine/pii-engine.js';
import { engineOptionsOf } from '../settings/engine-options-of.js';
import { FieldPolicy } from '../settings/field-policy.js';
import { piiFilterSettings } from '../settings/settings.js';
import { DetectionTally } from './detection-tally.js';
import { MaskingVisitor } from './masking-visitor.js';

/** What holds the data, by hook: the words of the reason. */
const subjects = {
  prompt_pre_fetch: 'prompt arguments',
  prompt_post_fetch: 'prompt result',
  tool_pre_invoke: 'tool arguments',
  tool_post_invoke: 'tool result',
  resource_pre_fetch: 'resource request',
  resource_post_fetch: 'resource content',
  sampling_pre_create: 'sampling request',
  sampling_post_complete: 'completion',
  elicitation_pre_create: 'question',
  elicitation_post_response: 'answer',
  completion_pre_complete: 'completion request',
  completion_post_complete: 'completion values',
  notification_pre_send: 'notification',
  agent_pre_invoke: 'agent call',
  agent_post_invoke: 'agent result',
} as const satisfies { readonly [Hook in HookName]?: string };

type FilteredHook = keyof typeof subjects;
type FilteredPayload = PayloadOf<FilteredHook>;

/** Finds personal data in everything that passes through an MCP host, and masks, counts or refuses it. */
export class PiiFilter extends Plugin<typeof piiFilterSettings> {
  static override readonly settingsSchema = piiFilterSettings;
  static override readonly version = '0.1.0';

  readonly engine: PiiEngine;
  readonly fieldPolicy: FieldPolicy;
  /** Loggers that were told that there is no key. */
  readonly warned = new WeakSet<Logger>();

  constructor(config: PluginConfigInput | PluginConfig) {
    super(config);
    this.engine = new PiiEngine(engineOptionsOf(this.settings));
    this.fieldPolicy = new FieldPolicy(this.settings);
  }

  override readonly hooks = handleHooks(Object.keys(subjects) as FilteredHook[], (hook, payload, context) =>
    this.filter(hook, payload, context),
  );

  filter(
    hook: FilteredHook,
    payload: DeepReadonly<FilteredPayload>,
    context: PluginContext,
  ): HookResult<FilteredPayload> | undefined {
    const { settings } = this;
    const tally = new DetectionTally();
    const visitor = new MaskingVisitor(this, hook, targetOf(payload), context.tenantId ?? '', tally);
    const masked = rewritePayload(hook, payload, visitor, {
      headers: settings.scan_headers,
      target: settings.scan_target,
      maxDepth: settings.max_nested_depth,
      maxItems: settings.max_collection_items,
    });
    if (tally.total === 0) return undefined;
    this.log(hook, tally, context.logger);
    const metadata = metadataOf(hook, tally, settings.include_detection_details);
    if (tally.blocked > 0) return block(violationOf(hook, tally), metadata);
    return masked === payload ? proceed(metadata) : modify<FilteredPayload>(masked, metadata);
  }

  /** What was found, by type and number; a value is never logged. */
  log(hook: FilteredHook, tally: DetectionTally, logger: Logger): void {
    const { log_violations, log_detections, key } = this.settings;
    if (key === undefined && !this.warned.has(logger) && this.engine.usesKey) {
      this.warned.add(logger);
      logger.warn(
        'pii-filter has no `key`: hashes and tokens are others after a restart and on every replica',
      );
    }
    if (!(log_violations ?? log_detections)) return;
    const data = { hook, types: tally.detectedTypes, found: tally.total, masked: tally.masked };
    if (tally.blocked > 0) logger.warn('pii-filter refused an operation', data);
    else logger.info('pii-filter found personal data', data);
  }
}

/** The tool, prompt, resource or agent that a rule may name. */
function targetOf(payload: DeepReadonly<FilteredPayload>): string {
  if ('name' in payload) return payload.name;
  if ('uri' in payload) return payload.uri;
  if ('method' in payload) return payload.method;
  return 'agentId' in payload ? payload.agentId : '';
}

function violationOf(hook: FilteredHook, tally: DetectionTally): Violation {
  return {
    code: 'PII_DETECTED',
    reason: `PII detected in ${subjects[hook]}`,
    details: { field: tally.blockedField, types: tally.refusedTypes, count: tally.blocked },
  };
}

function metadataOf(hook: FilteredHook, tally: DetectionTally, withTypes: boolean): ResultMetadata {
  return {
    pii_detections: tally.total,
    pii_filter: {
      stage: hook,
      total_detections: tally.total,
      total_masked: tally.blocked > 0 ? 0 : tally.masked,
      ...(withTypes && { detection_types: tally.detectedTypes }),
    },
  };
}
