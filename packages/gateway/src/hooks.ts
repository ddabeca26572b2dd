// What the gateway calls and knows, for programs that check a configuration without serving anything.
export { gatewayHooks, httpIdentityFields, stdioIdentityFields } from './hook-points/hook-points.js';
