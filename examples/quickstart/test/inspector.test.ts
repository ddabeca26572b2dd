import { beforeAll, describe, expect, it } from 'vitest';
import { inspect, type Inspection } from './support/inspect.js';
import { guardCommand, serverCommand } from './support/paths.js';

/** What is asked of the server directly and of the guard. */
const questions = {
  tools: ['--method', 'tools/list'],
  echo: ['--method', 'tools/call', '--tool-name', 'echo', '--tool-arg', 'message=SSN 123-45-6789'],
  prompt: ['--method', 'prompts/get', '--prompt-name', 'args-prompt', '--prompt-args', 'city=Oslo'],
  resources: ['--method', 'resources/list'],
  resource: ['--method', 'resources/read', '--uri', 'demo://resource/static/document/features.md'],
} as const;

type Question = keyof typeof questions;

const ways = [
  ['by command', [...guardCommand, '--', ...serverCommand]],
  ['by command without --', [...guardCommand, ...serverCommand]],
  ['through a mcpServers file', ['--config', 'examples/quickstart/mcp.json', '--server', 'guarded']],
] as const;

const direct = new Map<Question, Inspection>();

async function directly(question: Question): Promise<void> {
  direct.set(question, await inspect(...serverCommand, ...questions[question]));
}

describe('the server itself in the MCP Inspector', () => {
  beforeAll(async () => {
    await Promise.all((Object.keys(questions) as Question[]).map(directly));
  });

  it('answers everything that is asked of it', () => {
    expect(direct.get('tools')?.stdout).toContain('"name": "echo"');
    expect(direct.get('echo')?.stdout).toContain('Echo: SSN 123-45-6789');
    expect(direct.get('prompt')?.stdout).toContain('Oslo');
    expect(direct.get('resources')?.stdout).toContain('features.md');
    expect(direct.get('resource')?.stdout).toContain('features.md');
  });

  describe.each(ways)('guarded, %s', (_way, target) => {
    it.concurrent.each(['tools', 'prompt', 'resources', 'resource'] as const)(
      'gives the same %s, byte for byte',
      async (question) => {
        const { stdout, exitCode } = await inspect(...target, ...questions[question]);
        expect(stdout).toBe(direct.get(question)?.stdout);
        expect(exitCode).toBe(0);
      },
    );

    it.concurrent('masks an SSN on its way through echo', async () => {
      const { stdout, exitCode } = await inspect(...target, ...questions.echo);
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(/Echo: SSN (?!123)/);
      expect(stdout).not.toContain('123-45-6789');
    });

    it.concurrent(
      'refuses a denied word with an error result that names code, reason and plugin',
      async () => {
        const call = [
          '--method',
          'tools/call',
          '--tool-name',
          'echo',
          '--tool-arg',
          'message=about Project Nightfall',
        ];
        const { stdout, exitCode } = await inspect(...target, ...call);
        // 5 is the Inspector's exit code for a tool result with isError.
        expect(exitCode).toBe(5);
        expect(JSON.parse(stdout)).toMatchObject({
          isError: true,
          content: [{ type: 'text', text: expect.stringContaining('deny-words') as string }],
          _meta: {
            'mcpplugins.dev/violation': {
              code: 'DENY_LIST',
              reason: expect.stringMatching(/\w/) as string,
              plugin: 'deny-words',
              hook: 'tool_pre_invoke',
            },
          },
        });
      },
    );
  });
}, 180_000);
