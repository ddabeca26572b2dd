import { cliErrorCodes } from './error-codes.js';

/** What to do about an error code of any of our packages. Loads their tables, so only call it to report one. */
export async function findAction(code: string): Promise<string | undefined> {
  const [core, config, transport, gateway] = await Promise.all([
    import('@mcpplugins/framework-core'),
    import('@mcpplugins/config-loader'),
    import('@mcpplugins/mcp-transport'),
    import('@mcpplugins/gateway'),
  ]);
  const tables: Readonly<Record<string, { readonly action: string }>> = {
    ...core.coreErrorCodes,
    ...transport.transportErrorCodes,
    ...gateway.gatewayErrorCodes,
    ...config.configErrorCodes,
    ...cliErrorCodes,
  };
  return Object.hasOwn(tables, code) ? tables[code]?.action : undefined;
}
