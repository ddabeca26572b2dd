import { gatewaySchema, serversSchema } from '@mcpplugins/gateway';

/** Sections of a configuration that the gateway obeys. */
export const gatewaySections = { servers: serversSchema, gateway: gatewaySchema } as const;
