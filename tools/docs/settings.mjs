// Writes docs/settings.md from the schemas of the configuration file, of its sections, and of the plugins of this project.
//   npm run docs:settings              write it
//   npm run docs:settings -- --check   fail when it is stale
import { buildJsonSchema } from '@mcpplugins/config-loader';
import { gatewaySchema, serversSchema } from '@mcpplugins/gateway';
import { denyFilterSettings } from '@mcpplugins/plugin-deny-filter';
import { piiFilterSettings } from '@mcpplugins/plugin-pii-filter';
import { resourceFilterSettings } from '@mcpplugins/plugin-resource-filter';
import { serverSettingsSchema } from '@mcpplugins/plugin-server-runtime';
import { settingsSections } from './settings-sections.mjs';
import { renderSettings } from './render-settings.mjs';
import { writeOrCheck } from './write-or-check.mjs';

const plugins = [
  { kind: '@mcpplugins/plugin-pii-filter', settingsSchema: piiFilterSettings },
  { kind: '@mcpplugins/plugin-deny-filter', settingsSchema: denyFilterSettings },
  { kind: '@mcpplugins/plugin-resource-filter', settingsSchema: resourceFilterSettings },
];

await writeOrCheck({ page: 'docs/settings.md', command: 'npm run docs:settings' }, () =>
  renderSettings(
    settingsSections(
      buildJsonSchema({
        plugins,
        sections: { servers: serversSchema, gateway: gatewaySchema, server_settings: serverSettingsSchema },
      }),
      plugins.map(({ kind }) => kind),
    ),
  ),
);
