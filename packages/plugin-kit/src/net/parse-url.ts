/**
 * A WHATWG URL, undefined when the text is none. Never ask `URL.canParse`: once V8 has optimised the caller, Node 20
 * answers false for URLs with characters between U+0080 and U+00FF.
 */
export function parseUrl(text: string, base?: URL): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
