// Hooks
export { handleHooks } from './hooks/handle-hooks.js';

// Content walker
export { rewritePayload } from './content/rewrite-payload.js';
export { rewriteContent, rewriteStrings, walkStrings } from './content/rewrite-strings.js';
export type { ContentKind, RewriteOptions } from './content/rewrite-strings.js';
export type { ContentPlace, ContentRole } from './content/content-place.js';
export type { ContentVisitor, ContentWalkOptions } from './content/content-visitor.js';

// Patterns of users
export { compileSafePattern } from './regex/safe-pattern.js';
export type { PatternMatch, SafePattern, SafePatternOptions } from './regex/safe-pattern.js';

// Network
export { createGuardedFetch } from './net/guarded-fetch.js';
export type { GuardedFetch, GuardedFetchOptions, GuardedRequest } from './net/guarded-fetch.js';
export { createNetGuard } from './net/net-guard.js';
export type { HostVerdict, NetGuard, NetGuardOptions, UrlVerdict } from './net/net-guard.js';
export type { NetPolicy, ResolveHost } from './net/net-policy.js';
export { NetRefusedError } from './net/net-refusal.js';
export type { NetRefusal, NetRefusalCode } from './net/net-refusal.js';
export type { CanonicalUrl } from './net/canonical-url.js';
export { parseUrl } from './net/parse-url.js';

// Services
export { createHttpService } from './service/http-service.js';
export type { HttpService, HttpServiceOptions, ServiceQuestion } from './service/http-service.js';
export type { FailMode, ServiceAnswer, ServiceErrorCode } from './service/service-answer.js';
export type { ServiceCache } from './service/answer-cache.js';

// Store
export { createMemoryStore } from './store/memory-store.js';
export type { MemoryStoreOptions } from './store/memory-store.js';
export type { Count, Expiry, ScopedStore, Store, StoreScope } from './store/store.js';

// Errors
export { pluginKitErrorCodes } from './errors/error-codes.js';
export type { PluginKitErrorCode } from './errors/error-codes.js';
