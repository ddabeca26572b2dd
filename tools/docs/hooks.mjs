// Writes docs/hooks.md from the hook contracts of framework-core and the hook table of the gateway.
//   npm run docs:hooks              write it
//   npm run docs:hooks -- --check   fail when it is stale
import { builtInContracts } from '@mcpplugins/framework-core/contracts';
import { gatewayHooks, hookPoints, httpGatewayHooks } from '@mcpplugins/gateway';
import { renderHooks } from './render-hooks.mjs';
import { writeOrCheck } from './write-or-check.mjs';

await writeOrCheck({ page: 'docs/hooks.md', command: 'npm run docs:hooks' }, () =>
  renderHooks({ contracts: builtInContracts, hookPoints, fires: gatewayHooks, httpFires: httpGatewayHooks }),
);
