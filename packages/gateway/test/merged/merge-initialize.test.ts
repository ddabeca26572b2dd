import { expect, it } from 'vitest';
import { mergeGreetings } from '../../src/merged/merge-initialize.js';

it('has every capability of any server, the oldest revision, and says who is missing', () => {
  const greetings = [
    {
      server: 'a',
      result: {
        protocolVersion: '2025-11-25',
        capabilities: { tools: { listChanged: false }, logging: {}, experimental: { x: {} } },
        instructions: 'Use a.',
      },
    },
    {
      server: 'b',
      result: {
        protocolVersion: '2025-06-18',
        capabilities: {
          tools: { listChanged: true },
          resources: { subscribe: true },
          experimental: { y: {} },
        },
      },
    },
  ];
  const unavailable = [{ server: 'c', reason: 'it could not be started' }];
  expect(mergeGreetings(greetings, unavailable, { name: 'n', version: '1' })).toEqual({
    protocolVersion: '2025-06-18',
    capabilities: {
      tools: { listChanged: true },
      logging: {},
      resources: { subscribe: true },
      experimental: { x: {}, y: {} },
    },
    serverInfo: { name: 'n', version: '1' },
    instructions: '# a\n\nUse a.\n\n# c\n\nThis server is not available: it could not be started.',
    _meta: { 'mcpplugins.dev/unavailable': unavailable },
  });
});
