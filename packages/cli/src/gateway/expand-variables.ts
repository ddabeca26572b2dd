/** `${NAME}`, `${env:NAME}` and `${NAME:-default}`, as clients write them; what else stands in `${…}` only a client knows. */
const reference = /\$\{([^}]*)\}/g;
const variable = /^(?:env:)?([A-Za-z_]\w*)(?::-(.*))?$/;

/**
 * A text with its variables replaced.
 * @throws Error that says which reference cannot be resolved, without values
 */
export function expandVariables(text: string, env: Readonly<Record<string, string | undefined>>): string {
  return text.replaceAll(reference, (written, inside: string) => {
    const [, name, fallback] = variable.exec(inside) ?? [];
    if (name === undefined)
      throw new Error(`${written} means something to the client alone; write the value`);
    const value = env[name] ?? fallback;
    if (value === undefined) throw new Error(`the environment variable ${name} is not set`);
    return value;
  });
}
