import type { Violation } from '@mcpplugins/framework-core';
import type { ResourceFilterSettings } from '../settings.js';
import { refusalOf } from '../violations.js';
import type { ContentPart } from './content-parts.js';
import { agrees, canonicalMediaType, describeMediaType, needsSignature } from './media-types.js';
import { sniffMediaType } from './sniff-media-type.js';

/** Decides by media type: what a content says that it is, and what its first bytes show. */
export class MediaTypeCheck {
  private readonly allowed: readonly string[];
  private readonly looksAtBytes: boolean;

  constructor({ allowed_mime_types, check_magic_bytes }: ResourceFilterSettings) {
    this.allowed = allowed_mime_types.map(canonicalMediaType);
    this.looksAtBytes = check_magic_bytes;
  }

  check(part: ContentPart): Violation | undefined {
    if (this.allowed.length === 0) return undefined;
    const shown = this.looksAtBytes ? sniffMediaType(part) : undefined;
    const stated = statedType(part);
    const problem = this.problemOf(stated, shown);
    if (problem === undefined) return undefined;
    const described = stated === undefined ? undefined : describeMediaType(stated);
    return refusalOf('FILETYPE_BLOCK', problem, {
      ...(described !== undefined && { mime_type: described }),
      ...(shown !== undefined && { detected: shown }),
    });
  }

  private problemOf(stated: string | undefined, shown: string | undefined): string | undefined {
    if (stated === undefined) {
      if (shown === undefined) return 'The content has no media type';
      return this.isAllowed(shown) ? undefined : 'What the content is by its first bytes is not allowed';
    }
    if (!this.isAllowed(stated)) return 'The media type is not allowed';
    if (shown === undefined) {
      return this.looksAtBytes && needsSignature(stated)
        ? 'The content is not what its media type says'
        : undefined;
    }
    return agrees(stated, shown) || this.isAllowed(shown)
      ? undefined
      : 'What the content is by its first bytes is not allowed';
  }

  private isAllowed(type: string): boolean {
    return this.allowed.some((entry) =>
      entry.endsWith('/*') ? type.startsWith(entry.slice(0, -1)) : type === entry,
    );
  }
}

/** Text that says nothing is plain text; a blob that says nothing has no type. */
function statedType({ mimeType, body }: ContentPart): string | undefined {
  if (mimeType !== undefined && mimeType.trim() !== '') return canonicalMediaType(mimeType);
  return body.kind === 'text' ? 'text/plain' : undefined;
}
