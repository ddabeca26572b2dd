import type { HookResult } from '@mcpplugins/framework-core';
import { ResourceFilter, type ResourceFilterParts } from '../src/index.js';

/** The plugin with these settings. */
export function create(config: Record<string, unknown> = {}, parts?: ResourceFilterParts): ResourceFilter {
  return new ResourceFilter(
    { name: 'resource-filter', kind: '@mcpplugins/plugin-resource-filter', config },
    parts,
  );
}

/** What it says before a URI is read. */
export async function pre(uri: string, config?: Record<string, unknown>, parts?: ResourceFilterParts) {
  return create(config, parts).hooks.resource_pre_fetch({ uri });
}

/** What it says of the content that came back. */
export async function post(
  content: unknown,
  config?: Record<string, unknown>,
  { uri = 'https://example.com/a', ...parts }: ResourceFilterParts & { uri?: string } = {},
) {
  return create(config, parts).hooks.resource_post_fetch({ uri, content });
}

/** The code of a refusal; `ok` for everything else. */
export function codeOf(result: HookResult | undefined): string {
  return result?.violation?.code ?? 'ok';
}
