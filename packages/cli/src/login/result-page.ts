const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What a person sees who has come back from a login. */
export function renderResultPage(text: string): string {
  const shown = text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? '');
  return `<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>mcpplugins</title>\n<p>${shown}</p>\n</html>\n`;
}
