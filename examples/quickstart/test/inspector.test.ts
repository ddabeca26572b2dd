import { describe, expect, it } from 'vitest';
import { inspect, inspectJson } from './support/inspect.js';
import { guardCommand, serverCommand } from './support/paths.js';

const direct = [...serverCommand];
const guarded = [...guardCommand, '--', ...serverCommand];
const fromFile = ['--config', 'examples/quickstart/mcp.json', '--server', 'guarded'];
const ways = [
  ['by command', guarded],
  ['by command without --', [...guardCommand, ...serverCommand]],
  ['through a mcpServers file', fromFile],
] as const;

describe.each(ways)(
  'the guarded server in the MCP Inspector, %s',
  (_way, target) => {
    it('lists exactly the tools of the server, byte for byte', async () => {
      const expected = await inspect(...direct, '--method', 'tools/list');
      const actual = await inspect(...target, '--method', 'tools/list');
      expect(expected.stdout).toContain('"name": "echo"');
      expect(actual.stdout).toBe(expected.stdout);
      expect(actual.exitCode).toBe(0);
    });

    it('masks an SSN on its way through echo', async () => {
      const call = ['--method', 'tools/call', '--tool-name', 'echo', '--tool-arg', 'message=SSN 123-45-6789'];
      const unguarded = await inspect(...direct, ...call);
      expect(unguarded.stdout).toContain('123-45-6789');
      const inspection = await inspect(...target, ...call);
      expect(inspection.exitCode).toBe(0);
      expect(inspection.stdout).toContain('Echo: SSN ');
      expect(inspection.stdout).not.toContain('123-45-6789');
    });

    it('refuses a denied word with an error result that names code, reason and plugin', async () => {
      const call = [
        '--method',
        'tools/call',
        '--tool-name',
        'echo',
        '--tool-arg',
        'message=about Project Nightfall',
      ];
      // 5 is the Inspector's exit code for a tool result with isError.
      const result = await inspectJson([...target, ...call], 5);
      expect(result).toMatchObject({
        isError: true,
        content: [{ type: 'text', text: expect.any(String) as string }],
        _meta: {
          'mcpplugins.dev/violation': {
            code: expect.stringMatching(/^[A-Z_]+$/) as string,
            reason: expect.stringMatching(/./) as string,
            plugin: 'deny-words',
            hook: 'tool_pre_invoke',
          },
        },
      });
    });

    it('passes prompts through', async () => {
      const call = ['--method', 'prompts/get', '--prompt-name', 'args-prompt', '--prompt-args', 'city=Oslo'];
      const expected = await inspectJson([...direct, ...call]);
      expect(JSON.stringify(expected)).toContain('Oslo');
      expect(await inspectJson([...target, ...call])).toEqual(expected);
    });

    it('passes resources through', async () => {
      const list = ['--method', 'resources/list'];
      const listed = await inspectJson([...direct, ...list]);
      expect(await inspectJson([...target, ...list])).toEqual(listed);
      const read = ['--method', 'resources/read', '--uri', 'demo://resource/static/document/features.md'];
      const expected = await inspectJson([...direct, ...read]);
      expect(JSON.stringify(expected)).toContain('features.md');
      expect(await inspectJson([...target, ...read])).toEqual(expected);
    });
  },
  120_000,
);
