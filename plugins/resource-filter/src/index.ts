// Plugin
export { ResourceFilter, ResourceFilter as default } from './resource-filter.js';
export type { ResourceFilterParts } from './resource-filter.js';
export type { ResourceViolationCode } from './violations.js';

// Settings
export { resourceFilterSettings } from './settings.js';
export type { ResourceFilterSettings } from './settings.js';
