import { fileURLToPath } from 'node:url';
import { compilePattern, loadConfig } from '@mcpplugins/config-loader';
import { PluginManager } from '@mcpplugins/framework-core';
import { orderPreShip } from './order-pre-ship.js';
import { ShippingLimit } from './shipping-limit.js';

/** An order, ready to go. */
export interface Order {
  readonly orderId: string;
  readonly carrier: string;
  readonly value: number;
  readonly insured: boolean;
}

/** Starts the plugins of plugins.yaml. `kinds` are plugins of the host's own; npm packages and files need no mention. */
export async function startGuard(): Promise<PluginManager> {
  const config = await loadConfig(fileURLToPath(new URL('../plugins.yaml', import.meta.url)), {
    contracts: [orderPreShip],
    kinds: new Map([['shipping-limit', () => ShippingLimit]]),
  });
  return PluginManager.start({ ...config, compilePattern, contracts: [orderPreShip], fires: [orderPreShip] });
}

/** Hands an order to its carrier, unless a plugin refuses. */
export async function ship(manager: PluginManager, order: Order): Promise<string> {
  await using request = manager.openRequest();
  const { continueProcessing, violation, modifiedPayload } = await request.invoke('order_pre_ship', order);
  if (!continueProcessing) return `kept: ${violation?.reason}`;
  const { carrier, insured } = modifiedPayload ?? order;
  return `gone with ${carrier}, ${insured ? 'insured' : 'not insured'}`;
}
