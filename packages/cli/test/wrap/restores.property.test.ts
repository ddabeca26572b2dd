import fc from 'fast-check';
import { applyEdits, parse } from 'jsonc-parser';
import { expect, it } from 'vitest';
import { type ClientServer, parseServers } from '../../src/wrap/client-config.js';
import { guardCommand } from '../../src/wrap/guard-command.js';
import { readEntry } from '../../src/wrap/server-entry.js';
import { unwrapEntry, wrapEntry } from '../../src/wrap/wrap-entry.js';

const place = { file: 'client.json', sections: [['mcpServers']] };
const gap = fc.stringMatching(/^(?:[ \t]|\r?\n|\/\/ [a-z",]*\n|\/\* [a-z"\],]* \*\/){0,3}$/);
const word = fc.string({ maxLength: 6 }).map((text) => JSON.stringify(text));

/** Strings in brackets, laid out in any way, with or without a comma at the end. */
const list = fc
  .tuple(fc.array(fc.tuple(gap, word, gap), { maxLength: 3 }), gap, fc.boolean())
  .map(([words, end, hasComma]) => {
    const items = words.map((parts) => parts.join('')).join(',');
    return `[${items}${hasComma && words.length > 0 ? ',' : ''}${end}]`;
  });

/** An entry with a command, `args` before it, after it or not at all, and another key. */
const entry = fc
  .tuple(
    word,
    list,
    fc.shuffledSubarray(['command', 'args', 'env'], { minLength: 1 }),
    fc.array(gap, { minLength: 20, maxLength: 20 }),
  )
  .map(([command, args, keys, gaps]) => {
    const values: Readonly<Record<string, string>> = { command, args, env: '{"K":"v"}' };
    const used = keys.includes('command') ? keys : [...keys, 'command'];
    const properties = used.map((key, index) => {
      const [a, b, c, d] = gaps.slice(index * 4);
      return `${a}"${key}"${b}:${c}${values[key]}${d}`;
    });
    return `{${properties.join(',')}}`;
  });

function change(text: string, edit: (server: ClientServer) => Parameters<typeof applyEdits>[1]): string {
  return applyEdits(text, parseServers(text, place).flatMap(edit));
}

it('is undone exactly, whatever the layout of the file', () => {
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 3 }), gap, (entries, space) => {
      const servers = entries.map((text, index) => `${space}"s${index}":${text}`).join(',');
      const text = `${space}{"mcpServers":{${servers}}}`;
      const wrapped = change(text, (server) => {
        const read = readEntry(server, place.file);
        if (read.kind !== 'plain' || read.command === undefined) throw new Error(`not plain: ${read.kind}`);
        return [...wrapEntry(text, { ...read, command: read.command }, guardCommand('/p.yaml', server.name))];
      });
      const before = parse(text) as { mcpServers: Record<string, { command: string; args?: string[] }> };
      const after = parse(wrapped) as typeof before;
      for (const [name, { command, args = [] }] of Object.entries(before.mcpServers)) {
        expect(after.mcpServers[name]?.args?.slice(7)).toEqual([command, ...args]);
      }
      const restored = change(wrapped, (server) => {
        const { command, args, originalIndex } = readEntry(server, place.file);
        if (command === undefined || args === undefined || originalIndex === undefined)
          throw new Error('not wrapped');
        return [...unwrapEntry(wrapped, { kind: 'wrapped', command, args, originalIndex })];
      });
      expect(restored).toBe(text);
    }),
    { numRuns: 500 },
  );
});
