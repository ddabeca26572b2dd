import { once } from 'node:events';
import type { Server } from 'node:http';
import type { PluginManager } from '@mcpplugins/framework-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Tool } from '../src/call-guarded.js';
import { createService } from '../src/create-service.js';
import { startGuard } from '../src/start-guard.js';

let manager: PluginManager;
let server: Server;
let seen: unknown[];

const tools = new Map<string, Tool>([
  ['echo', (args) => (seen.push(args), args)],
  ['find_customer', () => ({ name: 'Ada', ssn: 'SSN 123-45-6789' })],
]);

beforeAll(async () => {
  manager = await startGuard();
  const service = createService({
    manager,
    tools,
    userOf: (request) => request.get('x-user') ?? 'guest-unknown',
  });
  server = service.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.close();
  await manager.shutdown();
});
beforeEach(() => {
  seen = [];
});

async function post(tool: string, args: object, user = 'ada'): Promise<{ status: number; body: unknown }> {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the service does not listen');
  const response = await fetch(`http://127.0.0.1:${address.port}/tools/${tool}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-user': user },
    body: JSON.stringify(args),
  });
  return { status: response.status, body: await response.json() };
}

describe('the service', () => {
  it('gives tools what plugins made of the arguments', async () => {
    await post('echo', { text: 'SSN 123-45-6789' });
    expect(JSON.stringify(seen)).toMatch(/SSN (?!123-45-6789)/);
  });

  it('gives clients what plugins made of the result', async () => {
    const { status, body } = await post('find_customer', {});
    expect(status).toBe(200);
    expect(body).toMatchObject({ name: 'Ada' });
    expect(JSON.stringify(body)).not.toContain('123-45');
  });

  it('refuses for those users whom a condition names', async () => {
    const args = { text: 'What is her salary?' };
    expect(await post('echo', args, 'guest-7')).toMatchObject({
      status: 403,
      body: { error: expect.any(String) as string, plugin: 'no-salaries-for-guests' },
    });
    expect(seen).toEqual([]);
    expect(await post('echo', args, 'ada')).toEqual({ status: 200, body: args });
  });

  it('says which tools there are not', async () => {
    expect(await post('missing', {})).toEqual({ status: 404, body: { error: 'UNKNOWN_TOOL' } });
  });
});
