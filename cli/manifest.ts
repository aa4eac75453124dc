import { isRecord } from "../core/vocabulary/json.js";
import { UnusableError } from "./io.js";

type Json = Readonly<Record<string, unknown>>;

/** Sections of a package.json that are completed entry by entry. */
const SECTIONS = ["scripts", "dependencies", "devDependencies"] as const;

/**
 * A package.json with what it lacks of another one: what it says stays as it is.
 *
 * @throws UnusableError for a file that is no JSON object
 */
export function mergedManifest(own: string, wanted: string, path: string): string {
  const before = objectIn(own, path);
  const more = objectIn(wanted, path);
  const named = new Set(SECTIONS.flatMap((section) => Object.keys(sectionOf(before, section))));
  const sections = SECTIONS.map((section) => {
    const added = Object.entries(sectionOf(more, section)).filter(
      ([name]) => section === "scripts" || !named.has(name),
    );
    return [section, { ...Object.fromEntries(added), ...sectionOf(before, section) }] as const;
  });
  return `${JSON.stringify({ ...more, ...before, ...Object.fromEntries(sections) }, undefined, 2)}\n`;
}

function sectionOf(manifest: Json, section: string): Json {
  const found = manifest[section];
  return isRecord(found) ? found : {};
}

function objectIn(text: string, path: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // Said below.
  }
  throw new UnusableError(`${path}: is no JSON object; correct it, or name another folder`);
}
