// Plugin
export { DenyFilter, DenyFilter as default } from './deny-filter.js';

// Settings
export { denyFilterSettings } from './settings.js';
export type { DenyFilterSettings } from './settings.js';
