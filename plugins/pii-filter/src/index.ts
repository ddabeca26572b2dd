// Plugin
export { PiiFilter, PiiFilter as default } from './plugin/pii-filter.js';
export { piiFilterSettings } from './settings/settings.js';
export type { PiiFilterSettings, PiiFilterSettingsInput } from './settings/settings.js';
export { piiTypes } from './settings/known-types.js';

// Without the framework
export { createPiiEngine } from './engine/create-pii-engine.js';
export { PiiEngine } from './engine/pii-engine.js';
export type { Decision, MaskDecision, MaskedText, TextContext } from './engine/pii-engine.js';
export type { PiiFinding } from './scan/finding.js';
export { maskStrategies } from './mask/strategies.js';
export type { MaskStrategy } from './mask/strategies.js';
