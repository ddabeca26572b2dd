// Serving
export { servePlugins } from './serve-plugins.js';
export type { PluginServer, ServePluginsOptions } from './serve-plugins.js';

// Settings
export { resolveServerSettings, serverSettingsSchema } from './settings/server-settings.js';
export type { ClientCertificates, ServerSettings, ServerSettingsInput } from './settings/server-settings.js';
export {
  configPathOfEnvironment,
  settingsOfEnvironment,
  transportOfEnvironment,
} from './settings/environment.js';
export type { Environment, ServerTransport } from './settings/environment.js';

// Errors
export { runtimeErrorCodes } from './errors/error-codes.js';
export type { RuntimeErrorCode } from './errors/error-codes.js';
