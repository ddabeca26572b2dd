import type { WireDialect } from '@mcpplugins/framework-core/wire';
import type { Subject } from './check.js';

/** What came of calling a tool, as it is on the wire. */
export interface ToolAnswer {
  /** Texts of the result. */
  readonly texts: readonly string[];
  readonly isError: boolean;
  readonly hasStructuredContent: boolean;
}

/** Calls a tool and reads its result without any help. @throws Error when there is no MCP result */
export async function callTool(
  { server, timeoutMs }: Subject,
  name: string,
  given: Readonly<Record<string, unknown>>,
): Promise<ToolAnswer> {
  const params = { name, arguments: given };
  const result = await server.request('tools/call', params, AbortSignal.timeout(timeoutMs));
  const { content, isError, structuredContent } = result;
  if (!Array.isArray(content)) throw new Error('the tool result has no list `content`');
  const texts = (content as readonly { readonly type?: unknown; readonly text?: unknown }[]).flatMap(
    (item) => (item.type === 'text' && typeof item.text === 'string' ? [item.text] : []),
  );
  return { texts, isError: isError === true, hasStructuredContent: structuredContent !== undefined };
}

/** The JSON of the first text. @throws Error in words for whoever writes the server */
export function jsonOf({ texts, hasStructuredContent, isError }: ToolAnswer): unknown {
  const [text] = texts;
  if (text === undefined) {
    throw new Error(
      hasStructuredContent
        ? 'the result is in structuredContent only; Python hosts read the first text item of `content`: put the same JSON there'
        : 'the result has no text item; put the JSON of the reply into one',
    );
  }
  try {
    return JSON.parse(text);
  } catch {
    const what = isError ? 'an MCP error' : 'a text';
    throw new Error(`answers with ${what} that is not JSON: "${text.slice(0, 80)}"`);
  }
}

/** What a hook call says besides its payload. */
export interface HookCallParts {
  readonly hook: string;
  readonly plugin: string;
  readonly payload: unknown;
  readonly dialect: WireDialect;
}

/** Calls a hook as Python hosts do. */
export async function callHook(
  subject: Subject,
  { hook, plugin, payload, dialect }: HookCallParts,
): Promise<ToolAnswer> {
  const context = {
    state: { kept: 1 },
    global_context: { request_id: 'verify-1', user: 'ada', state: { shared: 1 }, metadata: { a: null } },
    metadata: {},
  };
  const given = { plugin_name: plugin, payload, context };
  return dialect === 'invoke_hook'
    ? callTool(subject, 'invoke_hook', { hook_type: hook, ...given })
    : callTool(subject, hook, given);
}
