import { randomBytes } from 'node:crypto';
import { compileSafePattern } from '@mcpplugins/plugin-kit';
import { credentialPatterns } from '../packs/credentials.js';
import type { PatternDetector, PiiEngineOptions } from '../engine/engine-options.js';
import type { MaskStrategy } from '../mask/strategies.js';
import { globalPack, localePacks } from '../packs/index.js';
import { allowListOf } from './allow-list.js';
import { strategyAliases } from './schema-parts.js';
import type { PiiFilterSettings } from './settings.js';

const defaultMinScore = 0.5;
/** A sensitivity of 0.8, the specification's example, is the default threshold. */
const scorePerSensitivity = (1 - defaultMinScore) / 0.8;

/** The strategy that a name or alias means. */
export function strategyOf(name: NonNullable<PiiFilterSettings['mask_strategy']>): MaskStrategy {
  return name === 'full' || name === 'token' ? strategyAliases[name] : name;
}

/** What an engine needs to do what the settings say. */
export function engineOptionsOf(settings: PiiFilterSettings): PiiEngineOptions {
  const strategy = strategyOf(
    settings.mask_strategy ?? settings.default_mask_strategy ?? settings.masking_strategy ?? 'partial',
  );
  const minScore =
    settings.min_score ??
    (settings.detection_sensitivity === undefined
      ? defaultMinScore
      : 1 - settings.detection_sensitivity * scorePerSensitivity);
  return {
    packs: [globalPack, ...settings.locales.flatMap((name) => localePacks[name] ?? [])],
    patterns: patternsOf(settings),
    isWanted: wantedTypesOf(settings),
    policyOf: (type) => {
      const policy = Object.hasOwn(settings.types, type) ? settings.types[type] : undefined;
      return {
        strategy: policy?.mask_strategy === undefined ? strategy : strategyOf(policy.mask_strategy),
        minScore: policy?.min_score ?? minScore,
      };
    },
    isAllowed: allowListOf(settings),
    redactionText: settings.redaction_text,
    ssnStyle: settings.ssn_style,
    key: settings.key ?? randomBytes(32).toString('hex'),
    usesKey: usesKey(settings, strategy),
  };
}

function usesKey({ types, fields, custom_patterns }: PiiFilterSettings, strategy: MaskStrategy): boolean {
  const own = [...Object.values(types), ...fields, ...custom_patterns].flatMap(
    ({ mask_strategy }) => mask_strategy ?? [],
  );
  return [strategy, ...own.map(strategyOf)].some((name) => name === 'hash' || name === 'tokenize');
}

function patternsOf(settings: PiiFilterSettings): PatternDetector[] {
  const custom = settings.custom_patterns.map(({ type, pattern, mask_strategy, enabled }, index) => {
    const compiled = compileSafePattern(pattern, { ignoreCase: true });
    return {
      id: `custom_patterns.${index}`,
      type,
      findAll: (text: string) => compiled.findAll(text),
      strategy: mask_strategy && strategyOf(mask_strategy),
      enabled,
    };
  });
  const flags: Readonly<Record<string, unknown>> = settings;
  return [
    ...custom.filter(({ enabled }) => enabled),
    ...credentialPatterns.filter(({ flag }) => flags[flag] === true),
  ];
}

function wantedTypesOf(settings: PiiFilterSettings): (type: string) => boolean {
  const only = settings.pii_types === undefined ? undefined : new Set(settings.pii_types);
  const flags: Readonly<Record<string, unknown>> = settings;
  return (type) => flags[`detect_${type}`] !== false && (only === undefined || only.has(type));
}
