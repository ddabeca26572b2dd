/** Names of keys whose text is never shown. `\b` does not see `_`, so parts are matched anywhere in the name. */
const secretName =
  /pass(?:word|wd|phrase|code)|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|signing[-_]?key|encryption[-_]?key|hmac[-_]?key|credential|authorization|bearer|cookie/i;

/** Maps whose every text is taken for secret: they commonly carry credentials under any name. */
const secretMaps = new Set(['env', 'headers']);

/** Whether texts under this key are secret. */
export function isSecretKey(key: string): boolean {
  return secretName.test(key) || secretMaps.has(key);
}

const assignment = new RegExp(
  `((?:^|[\\s{,"'-])[\\w.-]*(?:${secretName.source})[\\w.-]*["']?\\s*[:=]\\s*)(.+)$`,
  'i',
);
const userInfo = /(\/\/)[^\s/@"']+(@)/g;
const variable = /\$\{(?:[A-Za-z_]\w*|file:[^}]*)\}/;
const wholeVariable = new RegExp(`^${variable.source}$`);
const variableAtEnd = new RegExp(`^["']?${variable.source}["']?[\\s,}\\]]*$`);
/** Text with the look of a key: long, unbroken, with both cases and digits. */
const opaqueText = /[A-Za-z0-9+/=_-]{24,}/g;

/** Whether a text is one variable without a default: it says where a secret is, not what it is. */
export function isWholeVariable(text: string): boolean {
  return wholeVariable.test(text);
}

/** A text with variables, without their defaults: those may be secrets as well. */
export function withoutDefaults(template: string): string {
  return template.replaceAll(/(\$\{\w+:-)[^}]+\}/g, '$1…}');
}

/**
 * Masks what looks like a secret in one line of a file: the value of a key with a secret name, and what
 * `maskSecretsInText` masks. Works without a parsed document, so that it holds for broken files as well; the length of
 * the line stays the same.
 */
export function maskSecretsInLine(line: string): string {
  return maskSecretsInText(
    line.replace(assignment, (all, key: string, value: string) =>
      variableAtEnd.test(value) ? all : key + '*'.repeat(value.length),
    ),
  );
}

/** Masks the user information of URLs and long opaque words. */
export function maskSecretsInText(text: string): string {
  return text
    .replaceAll(userInfo, (all, before: string, after: string) => {
      const length = all.length - before.length - after.length;
      return before + '*'.repeat(length) + after;
    })
    .replaceAll(opaqueText, (word) =>
      /[a-z]/.test(word) && /[A-Z]/.test(word) && /\d/.test(word) ? '*'.repeat(word.length) : word,
    );
}
