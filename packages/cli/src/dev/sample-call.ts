import { FrameworkError } from '@mcpplugins/framework-core';
import { violationMetaKey } from '@mcpplugins/gateway';
import { StreamableHttpClientTransport } from '@mcpplugins/mcp-transport';
import type { CliErrorCode } from '../errors/error-codes.js';
import { McpSession } from '../mcp/mcp-session.js';
import { readVersion } from '../version.js';

/** A call of a tool as one types it. */
export interface SampleCall {
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/**
 * Reads `echo {"message":"hello"}` or, in short, `echo hello`, which stands for the argument `message`.
 * @throws FrameworkError `INPUT_INVALID`
 */
export function parseSampleCall(line: string): SampleCall {
  const [, tool = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(line.trim()) ?? [];
  if (rest === '') return { tool, args: {} };
  if (!rest.startsWith('{')) return { tool, args: { message: rest } };
  try {
    // What is between braces is an object, or no JSON.
    return { tool, args: JSON.parse(rest) as Readonly<Record<string, unknown>> };
  } catch (cause) {
    throw new FrameworkError<CliErrorCode>('INPUT_INVALID', `the arguments of ${tool} are not JSON`, {
      cause,
    });
  }
}

/** Calls a tool as a client does, in a session of its own, and says in a few words what came back. */
export async function makeSampleCall({ tool, args }: SampleCall, url: string): Promise<string> {
  const transport = new StreamableHttpClientTransport({ url });
  try {
    const session = new McpSession(transport);
    await session.open(readVersion());
    const response = await session.request('tools/call', { name: tool, arguments: args });
    if ('error' in response) return `error ${response.error.code}: ${response.error.message}`;
    const { content, isError, _meta: meta } = response.result;
    const violation = (meta as Readonly<Record<string, { readonly code?: unknown }>> | undefined)?.[
      violationMetaKey
    ];
    const text = textOf(content);
    if (violation !== undefined) return `refused with ${String(violation.code)}: ${text}`;
    return isError === true ? `error: ${text}` : text;
  } finally {
    await transport.close();
  }
}

function textOf(content: unknown): string {
  if (!Array.isArray(content)) return 'no content';
  return (content as readonly { readonly type?: unknown; readonly text?: unknown }[])
    .map(({ type, text }) => (typeof text === 'string' ? text : `(${String(type)})`))
    .join('\n');
}
