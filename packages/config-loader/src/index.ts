// Loading
export { loadConfig } from './load/load-config.js';
export type { LoadedConfig } from './load/loaded-config.js';
export { mergeConfigs, validateConfig } from './load/validate-config.js';
export type { ConfigDocument, ValidateConfigOptions } from './load/validate-config.js';
export type { KindContext, KindFactory, LoadConfigOptions } from './load/options.js';
export type { ConfigLimits } from './yaml/limits.js';

// Manifests and discovery
export { pluginManifestSchema } from './manifest/manifest-schema.js';
export type { PluginManifest } from './manifest/manifest-schema.js';
export { loadManifest } from './manifest/read-manifest.js';
export { discoverPlugins, pluginKeyword } from './discovery/discover-plugins.js';
export type { DiscoveredPlugin, DiscoverOptions } from './discovery/discover-plugins.js';

// Reload
export { startConfigReloader } from './reload/config-reloader.js';
export type { ConfigReloader, ConfigReloaderOptions, ReloadRequest } from './reload/config-reloader.js';
export type { ReloadEvent, ReloadFailure, ReloadReason } from './reload/reload-event.js';
export type { HistoryEntry } from './reload/config-history.js';

// JSON Schema
export { buildJsonSchema } from './json-schema/build-json-schema.js';
export type { JsonSchemaOptions, SchemaPlugin } from './json-schema/build-json-schema.js';
export type { JsonSchema } from './json-schema/json-schema.js';
export { installedPlugins } from './json-schema/installed-plugins.js';
export type { InstalledPlugins } from './json-schema/installed-plugins.js';
export { schemaComment, schemaFileName } from './json-schema/schema-comment.js';

// Migration
export { migrateConfig } from './migrate/migrate-config.js';
export type { MigrateOptions, Migration } from './migrate/migrate-config.js';
export { formatMigration } from './migrate/migration-report.js';
export type { MigrationNote, MigrationReport, MissingPlugin } from './migrate/migration-report.js';

// What is in effect
export type { EffectiveConfig } from './effective/effective-config.js';
export type { EffectiveValue } from './effective/effective-value.js';
export type { ConfigChange } from './effective/diff.js';
export type { PrintOptions } from './effective/to-yaml.js';

// Patterns
export { compilePattern } from './patterns/compile-pattern.js';

// Errors and diagnostics
export { configErrorCodes } from './errors/error-codes.js';
export type { ConfigErrorCode } from './errors/error-codes.js';
export { ConfigError, isConfigError } from './errors/config-error.js';
export type { Diagnostic, Finding, Severity } from './errors/diagnostic.js';
export { formatDiagnostics } from './errors/format-diagnostics.js';
