import type { LookupAddress, LookupOptions } from 'node:dns';
import { callbackify } from 'node:util';
import type { Agent, buildConnector } from 'undici';
import { parseAddress } from './address.js';
import { NetRefusedError } from './net-refusal.js';
import type { NetGuard } from './net-guard.js';

type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/**
 * An undici agent whose sockets go to checked addresses only. The addresses that are checked are the ones the socket
 * gets, from one answer of DNS, so a second answer cannot matter.
 */
export async function createGuardedAgent(guard: NetGuard): Promise<Agent> {
  const undici = await import('undici');
  const connect = undici.buildConnector({ lookup: guardedLookup(guard) });
  return new undici.Agent({ connect: guardedConnector(guard, connect) });
}

/** Sockets do not look up a host that is an address already, so it is checked here. */
function guardedConnector(guard: NetGuard, connect: buildConnector.connector): buildConnector.connector {
  return (options, callback) => {
    const address = parseAddress(options.hostname);
    const refusal = address === undefined ? undefined : guard.checkAddress(options.hostname, address);
    if (refusal === undefined) connect(options, callback);
    else callback(new NetRefusedError(refusal), null);
  };
}

function guardedLookup(guard: NetGuard) {
  const resolve = callbackify((host: string) => guard.resolve(host));
  return (host: string, options: LookupOptions, callback: LookupCallback): void => {
    resolve(host.replace(/\.+$/, ''), (error, verdict) => {
      if (error) callback(error, []);
      else if (verdict.ok) answer(verdict.addresses.map(toLookupAddress), options, callback);
      else callback(new NetRefusedError(verdict.refusal), []);
    });
  };
}

function toLookupAddress({ text, parsed }: { text: string; parsed: { kind(): string } }): LookupAddress {
  return { address: text, family: parsed.kind() === 'ipv6' ? 6 : 4 };
}

function answer(addresses: LookupAddress[], { all, family }: LookupOptions, callback: LookupCallback): void {
  const wanted = addresses.filter((address) =>
    family !== 4 && family !== 6 ? true : address.family === family,
  );
  const [first] = wanted;
  if (first === undefined) callback(new Error('no address of the wanted family'), []);
  else if (all === true) callback(null, wanted);
  else callback(null, first.address, first.family);
}
