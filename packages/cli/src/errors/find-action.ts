import { cliErrorCodes } from './error-codes.js';

/** What to do about an error code of any of our packages. Loads their tables, so only call it to report one. */
export async function findAction(code: string): Promise<string | undefined> {
  const [core, config, transport, external, gateway] = await Promise.all([
    import('@mcpplugins/framework-core/error-codes'),
    import('@mcpplugins/config-loader'),
    import('@mcpplugins/mcp-transport'),
    import('@mcpplugins/external-client'),
    import('@mcpplugins/gateway'),
  ]);
  const tables: Readonly<Record<string, { readonly action: string }>> = {
    ...core.coreErrorCodes,
    ...transport.transportErrorCodes,
    ...external.externalErrorCodes,
    ...gateway.gatewayErrorCodes,
    ...config.configErrorCodes,
    ...cliErrorCodes,
  };
  return Object.hasOwn(tables, code) ? tables[code]?.action : undefined;
}
