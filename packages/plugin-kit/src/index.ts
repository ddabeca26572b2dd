// Content walker
export { rewritePayload } from './content/rewrite-payload.js';
export { rewriteContent, rewriteStrings, walkStrings } from './content/rewrite-strings.js';
export type { ContentKind, RewriteOptions } from './content/rewrite-strings.js';
export type { ContentPlace, ContentRole } from './content/content-place.js';
export type { ContentVisitor, ContentWalkOptions } from './content/content-visitor.js';

// Patterns of users
export { compileSafePattern } from './regex/safe-pattern.js';
export type { PatternMatch, SafePattern, SafePatternOptions } from './regex/safe-pattern.js';

// Errors
export { pluginKitErrorCodes } from './errors/error-codes.js';
export type { PluginKitErrorCode } from './errors/error-codes.js';
