import { OAuthError } from './sdk-auth.js';

/** Characters of a text of an authorization server that are shown. */
const maxShown = 200;

/** What an authorization server said, as far as it can be shown to people and stands in one line. */
export function shownText(text: string): string {
  return text.replaceAll(/\p{C}/gu, ' ').slice(0, maxShown);
}

/**
 * Why a login failed, without anything that an answer with tokens or codes may have had in it: the parsers of JSON and of schemas quote
 * what they refuse, and so does the SDK's `server_error`.
 */
export function describeFailure(error: unknown): string {
  if (error instanceof OAuthError) {
    const text = error.errorCode === 'server_error' ? '' : shownText(error.message);
    return `the authorization server answered \`${shownText(error.errorCode)}\`${text === '' ? '' : `: ${text}`}`;
  }
  if (error instanceof SyntaxError || (error as { readonly name?: unknown }).name === 'ZodError')
    return 'the authorization server answered with something that OAuth does not know';
  return error instanceof Error ? shownText(error.message) : 'for an unknown reason';
}
