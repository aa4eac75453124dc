import type { ExpandOptions } from "./expand.js";

/** The same configuration with other texts for some of its files, by name. */
export function withChangedTexts<Given extends ExpandOptions>(
  options: Given,
  texts: ReadonlyMap<string, string>,
): Given {
  const readText = (path: string): string | undefined => texts.get(path) ?? options.reader.readText(path);
  return {
    ...options,
    text: texts.get(options.path) ?? options.text,
    reader: { ...options.reader, readText },
  };
}
