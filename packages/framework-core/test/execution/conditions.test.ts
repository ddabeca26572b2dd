import { describe, expect, it } from 'vitest';
import type { HookTarget, PluginCondition } from '../../src/index.js';
import { createGlobalContext, type GlobalContextInput } from '../../src/context/global-context.js';
import { compileConditions } from '../../src/execution/conditions.js';

const compilePattern = (pattern: string) => {
  const regex = new RegExp(`^(?:${pattern})$`);
  return { matches: (text: string) => regex.test(text) };
};

function match(
  conditions: readonly PluginCondition[],
  global: GlobalContextInput = {},
  target: HookTarget = { tools: 'read_file' },
): boolean | undefined {
  const matcher = compileConditions(conditions, { plugin: 'p', compilePattern });
  return matcher === undefined ? true : matcher.match(target, createGlobalContext(global, 'r'));
}

describe('conditions', () => {
  it('are none when there is no entry, or one that constrains nothing', () => {
    expect(compileConditions([], { plugin: 'p', compilePattern })).toBeUndefined();
    expect(compileConditions([{}], { plugin: 'p', compilePattern })).toBeUndefined();
    expect(
      compileConditions([{ tools: ['x'] }, { tools: [], serverIds: [] }], { plugin: 'p', compilePattern }),
    ).toBeUndefined();
  });

  it.each<[string, PluginCondition, GlobalContextInput, boolean | undefined]>([
    ['an exact tool', { tools: ['read_file'] }, {}, true],
    ['another tool', { tools: ['write_file'] }, {}, false],
    ['a glob of tools', { tools: ['write_*', 'read_*'] }, {}, true],
    ['prompts on a tool hook: ignored', { prompts: ['x'] }, {}, true],
    ['the server', { serverIds: ['a', 'b'] }, { serverId: 'b' }, true],
    ['another server', { serverIds: ['a'] }, { serverId: 'b' }, false],
    ['a server with a star is no glob', { serverIds: ['*'] }, { serverId: 'b' }, false],
    ['no server', { serverIds: ['a'] }, {}, undefined],
    ['the tenant', { tenantIds: ['t'] }, { tenantId: 't' }, true],
    ['no tenant', { tenantIds: ['t'] }, {}, undefined],
    ['a user pattern, anchored', { userPatterns: ['adm'] }, { user: 'admin' }, false],
    ['a user pattern', { userPatterns: ['adm.*'] }, { user: 'admin' }, true],
    ['no user', { userPatterns: ['adm.*'] }, {}, undefined],
    [
      'a media type with parameters',
      { contentTypes: ['application/json'] },
      { contentType: 'Application/JSON; charset=utf-8' },
      true,
    ],
    ['another media type', { contentTypes: ['application/json'] }, { contentType: 'text/plain' }, false],
    ['no media type', { contentTypes: ['application/json'] }, {}, undefined],
    ['inside an entry no match beats unknown', { serverIds: ['a'], tools: ['x'] }, {}, false],
    ['inside an entry unknown beats match', { serverIds: ['a'], tools: ['read_file'] }, {}, undefined],
    ['an empty value is a value', { serverIds: ['a'] }, { serverId: '' }, false],
  ])('%s', (_name, condition, global, expected) => {
    expect(match([condition], global)).toBe(expected);
  });

  it('across entries: match wins, then unknown', () => {
    expect(match([{ serverIds: ['a'] }, { tools: ['read_file'] }])).toBe(true);
    expect(match([{ serverIds: ['a'] }, { tools: ['x'] }])).toBe(undefined);
    expect(match([{ tools: ['y'] }, { tools: ['x'] }])).toBe(false);
  });

  it('a target that the hook has and the payload lacks is unknown', () => {
    expect(match([{ tools: ['x'] }], {}, { tools: undefined })).toBe(undefined);
  });

  it.each([null, 7, {}, ['x']])('a target of a host that is %j is unknown', (value) => {
    expect(match([{ tools: ['x'] }], {}, { tools: value as never })).toBe(undefined);
  });

  it('an identity field that untyped code set to null is unknown', () => {
    expect(match([{ serverIds: ['x'] }], { serverId: null as never })).toBe(undefined);
  });

  it('PATTERN_UNSUPPORTED: a pattern that does not compile, or without a compiler', () => {
    const conditions = [{ userPatterns: ['('] }];
    expect(() => compileConditions(conditions, { plugin: 'p', compilePattern })).toThrow(
      expect.objectContaining({ code: 'PATTERN_UNSUPPORTED', plugin: 'p' }),
    );
    expect(() => compileConditions(conditions, { plugin: 'p', compilePattern: undefined })).toThrow(
      expect.objectContaining({ code: 'PATTERN_UNSUPPORTED' }),
    );
  });
});
