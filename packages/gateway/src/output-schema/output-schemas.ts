import { describeError, type Logger, type MaybePromise } from '@mcpplugins/framework-core';
import type { Answer } from '../hook-points/hook-point.js';
import { isObject } from '../hook-points/read-params.js';
import { BoundedMap } from '../relay/bounded-map.js';
import { violationMetaKey } from '../relay/refusal.js';
import type { SchemaCheck } from './compile-schema.js';

const maxTools = 10_000;

/**
 * The output schemas of the tools that a session has listed. Clients refuse a `structuredContent` that does not fit, and with it
 * the whole answer; so an answer that a plugin changed is checked before they see it.
 */
export class OutputSchemas {
  private readonly schemas = new BoundedMap<string, object>(maxTools);
  private readonly checks = new WeakMap<object, Promise<SchemaCheck>>();
  private readonly logger: Logger;

  constructor(logger: Logger) {
    this.logger = logger;
  }

  /** Remembers the schemas in the answer to `tools/list`. */
  learn(answer: unknown): void {
    if (!isObject(answer) || !Array.isArray(answer['tools'])) return;
    for (const tool of answer['tools'] as readonly unknown[]) {
      if (!isObject(tool) || typeof tool['name'] !== 'string') continue;
      if (isObject(tool['outputSchema'])) this.schemas.set(tool['name'], tool['outputSchema']);
      else this.schemas.delete(tool['name']);
    }
  }

  /**
   * The answer to give for a tool call whose answer a plugin changed: as it is, or, if it no longer fits, the content
   * alone with `isError: true`, which clients take.
   */
  fit(name: string, answer: Answer): MaybePromise<Answer> {
    const schema = this.schemas.get(name);
    if (schema === undefined || !('result' in answer) || !isObject(answer.result)) return answer;
    const { result } = answer;
    if (result['structuredContent'] === undefined || result['isError'] === true) return answer;
    return this.fitResult(name, schema, result);
  }

  private async fitResult(name: string, schema: object, result: Record<string, unknown>): Promise<Answer> {
    let misfit: string | undefined;
    try {
      misfit = (await this.checkOf(schema))(result['structuredContent']);
    } catch (error) {
      this.logger.warn(`the output schema of the tool "${name}" cannot be checked: ${describeError(error)}`);
      return { result };
    }
    if (misfit === undefined) return { result };
    this.logger.warn(
      `a plugin changed the answer of the tool "${name}", which no longer fits its output schema`,
    );
    return { result: withoutStructure(result) };
  }

  private checkOf(schema: object): Promise<SchemaCheck> {
    const known = this.checks.get(schema);
    if (known !== undefined) return known;
    const made = import('./compile-schema.js').then(({ compileSchema }) => compileSchema(schema));
    this.checks.set(schema, made);
    return made;
  }
}

const reason = "The answer was changed by a guard and no longer fits the tool's output schema";

function withoutStructure({ structuredContent: _dropped, ...result }: Record<string, unknown>): object {
  const content = Array.isArray(result['content']) ? (result['content'] as readonly unknown[]) : [];
  return {
    ...result,
    content: [...content, { type: 'text', text: `${reason}; its text is above.` }],
    isError: true,
    _meta: {
      ...(isObject(result['_meta']) ? result['_meta'] : {}),
      [violationMetaKey]: {
        code: 'OUTPUT_SCHEMA_MISMATCH',
        reason,
        plugin: 'mcpplugins',
        hook: 'tool_post_invoke',
      },
    },
  };
}
