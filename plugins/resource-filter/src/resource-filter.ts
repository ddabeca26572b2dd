import {
  block,
  type DeepReadonly,
  type HookHandlers,
  type HookResult,
  type MaybePromise,
  modify,
  type PayloadOf,
  Plugin,
  type PluginConfig,
  type PluginConfigInput,
  type Violation,
} from '@mcpplugins/framework-core';
import { type ResolveHost, rewritePayload } from '@mcpplugins/plugin-kit';
import { compileContentFilters, ContentFilterVisitor } from './content/content-filters.js';
import { type ContentPart, contentParts, sizeOf } from './content/content-parts.js';
import { MediaTypeCheck } from './content/media-type-check.js';
import { resourceFilterSettings } from './settings.js';
import { UriCheck } from './uri/uri-check.js';
import { describeUri } from './uri/describe-uri.js';
import { refusalOf } from './violations.js';

type PostPayload = PayloadOf<'resource_post_fetch'>;
type PostResult = HookResult<PostPayload> | undefined;

/** What a host or a test may put in place of the world. */
export interface ResourceFilterParts {
  /** Default: the operating system's resolver. Asked only with `resolve_hosts: true`. */
  readonly resolveHost?: ResolveHost;
}

/** Decides which resources are read, and what of them comes back. */
export class ResourceFilter extends Plugin<typeof resourceFilterSettings> {
  static override readonly settingsSchema = resourceFilterSettings;
  static override readonly version = '0.1.0';

  readonly uris: UriCheck;
  readonly mediaTypes: MediaTypeCheck;
  readonly filters: ReturnType<typeof compileContentFilters>;

  constructor(config: PluginConfigInput | PluginConfig, { resolveHost }: ResourceFilterParts = {}) {
    super(config);
    this.uris = new UriCheck(this.settings, resolveHost);
    this.mediaTypes = new MediaTypeCheck(this.settings);
    this.filters = compileContentFilters(this.settings.content_filters);
  }

  override readonly hooks = {
    resource_pre_fetch: ({ uri }) => this.checkUri(uri),
    resource_post_fetch: (payload) => this.checkResult(payload),
  } satisfies HookHandlers;

  checkUri(uri: string): MaybePromise<HookResult<never> | undefined> {
    return this.settings.resolve_hosts
      ? this.uris.checkWithDns(uri).then(blockOrGoOn)
      : blockOrGoOn(this.uris.check(uri));
  }

  /** Does not rely on the pre hook: it may not be configured, and what came back may be from elsewhere. */
  checkResult(payload: DeepReadonly<PostPayload>): MaybePromise<PostResult> {
    const parts = payload.content === undefined ? [] : contentParts(payload.content);
    const origins = new Set(parts.map(({ uri }) => uri ?? payload.uri)).add(payload.uri);
    for (const origin of origins) {
      const refused = this.uris.check(origin);
      if (refused !== undefined) return block(asSeenFrom(payload.uri, origin, refused));
    }
    const refused = this.refusalOfContent(parts);
    if (refused !== undefined) return block(refused);
    return this.settings.resolve_hosts ? this.lookUpAndFilter(payload, origins) : this.filter(payload);
  }

  async lookUpAndFilter(
    payload: DeepReadonly<PostPayload>,
    origins: ReadonlySet<string>,
  ): Promise<PostResult> {
    for (const origin of origins) {
      const refused = await this.uris.checkWithDns(origin);
      if (refused !== undefined) return block(asSeenFrom(payload.uri, origin, refused));
    }
    return this.filter(payload);
  }

  refusalOfContent(parts: readonly ContentPart[]): Violation | undefined {
    const limit = this.settings.max_content_size;
    const size = parts.reduce((sum, part) => sum + sizeOf(part), 0);
    if (size > limit) {
      return refusalOf('CONTENT_SIZE_EXCEEDED', `Content size ${size} exceeds limit ${limit}`, {
        size,
        limit,
      });
    }
    return parts.map((part) => this.mediaTypes.check(part)).find((found) => found !== undefined);
  }

  filter(payload: DeepReadonly<PostPayload>): PostResult {
    if (this.filters.length === 0) return undefined;
    const visitor = new ContentFilterVisitor(this.filters);
    const filtered = rewritePayload('resource_post_fetch', payload, visitor, {
      // Rules are about the text as it was sent, and its size has been checked.
      embeddedJsonLevels: 0,
      maxBlobLength: Number.MAX_SAFE_INTEGER,
    });
    if (visitor.matches.size === 0) return undefined;
    const matches = Object.fromEntries(visitor.matches);
    if (visitor.blocking.size > 0) {
      const filters = [...visitor.blocking];
      return block(refusalOf('BLOCKED_CONTENT', 'A content filter refuses this content', { filters }), {
        resource_filter: { matches },
      });
    }
    return modify<PostPayload>(filtered, { content_filtered: true, resource_filter: { matches } });
  }
}

/** Contents say where they are from: after a redirect, somewhere else than where they were asked for. */
function asSeenFrom(requested: string, origin: string, violation: Violation): Violation {
  if (origin === requested) return violation;
  return refusalOf('REDIRECT_BLOCKED', `The content is from elsewhere. ${violation.description ?? ''}`, {
    ...violation.details,
    because: violation.code,
    requested_uri: describeUri(requested),
  });
}

function blockOrGoOn(violation: Violation | undefined): HookResult<never> | undefined {
  return violation === undefined ? undefined : block(violation);
}
