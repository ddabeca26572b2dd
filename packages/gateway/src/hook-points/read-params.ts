import type { MessageBody } from '@mcpplugins/mcp-transport';
import { RequestRefused } from '../relay/request-refused.js';
import { rpcCodes } from '../rpc-codes.js';

/** Reads a string of `params`. @throws RequestRefused */
export function readString(params: MessageBody, key: string): string {
  const value = params[key];
  if (typeof value === 'string') return value;
  throw new RequestRefused(rpcCodes.invalidParams, `params.${key} must be a string`);
}

/** Reads an object of `params`; a missing one is empty. @throws RequestRefused */
export function readObject(params: MessageBody, key: string): Record<string, unknown> {
  const value = params[key];
  if (value === undefined) return {};
  if (isObject(value)) return value;
  throw new RequestRefused(rpcCodes.invalidParams, `params.${key} must be an object`);
}

/** Reads an object of strings of `params`; a missing one is empty. @throws RequestRefused */
export function readStrings(params: MessageBody, key: string): Record<string, string> {
  const value = readObject(params, key);
  for (const name of Object.keys(value)) {
    if (typeof value[name] !== 'string') {
      throw new RequestRefused(rpcCodes.invalidParams, `each value of params.${key} must be a string`);
    }
  }
  return value as Record<string, string>;
}

/** Whether a value is an object of JSON. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
