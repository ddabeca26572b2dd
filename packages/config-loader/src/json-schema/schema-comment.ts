/** Name of the file that `mcpplugins schema` writes and generated configurations refer to. */
export const schemaFileName = 'mcpplugins.schema.json';

/** The comment (without `#`) that tells editors with a YAML language server which schema a file has. */
export function schemaComment(schema = `./${schemaFileName}`): string {
  return ` yaml-language-server: $schema=${schema}`;
}
