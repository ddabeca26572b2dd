import type { LoadedConfig } from '@mcpplugins/config-loader';
import {
  gatewaySchema,
  type GatewaySettings,
  serversSchema,
  type ServersSettings,
} from '@mcpplugins/gateway';
import type { GuardHost } from '../guard/start-guard.js';

/** Sections of a configuration that the gateway obeys. */
export const gatewaySections = { servers: serversSchema, gateway: gatewaySchema };

/** `servers` of a configuration that was loaded with `gatewaySections`. */
export function serversIn({ sections }: LoadedConfig): ServersSettings {
  return { ...(sections['servers'] as ServersSettings | undefined) };
}

/** `gateway` of a configuration that was loaded with `gatewaySections`. */
export function gatewayIn({ sections }: LoadedConfig): GatewaySettings {
  return (sections['gateway'] ?? {}) as GatewaySettings;
}

/** What a gateway with these settings knows of who is asking. */
export function hostOfGateway({ auth }: GatewaySettings): GuardHost {
  return auth === undefined ? 'open_gateway' : 'gateway';
}
