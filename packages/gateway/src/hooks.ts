// What the gateway calls and knows, for programs that check a configuration without serving anything.
export {
  gatewayHooks,
  httpGatewayHooks,
  httpIdentityFields,
  stdioIdentityFields,
} from './hook-points/hook-points.js';
export { forwardingHooks } from './hook-points/forwarding-hooks.js';
