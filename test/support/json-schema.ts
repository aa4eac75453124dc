/**
 * A JSON Schema of another maker, without the words that say which dialect it is and what its parts are called, which
 * ajv does not know; a property of that name is no text and stays.
 */
export function withoutDialect(text: string): object {
  return JSON.parse(text, (word, value: unknown) =>
    ["$schema", "id"].includes(word) && typeof value === "string" ? undefined : value,
  ) as object;
}
