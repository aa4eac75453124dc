import { BROUGHT_NAMES, LOG_LETTERS } from "../vocabulary/brought-names.js";
import { commandsOf, MODULE_TABLES } from "../vocabulary/command-tables.js";

/**
 * The modules, without `_module`, that a line needs: the one that brings its directive, and those that bring the names in
 * its arguments. Of a directive that several modules have (those of MPMs) none is chosen.
 */
export function modulesOfLine(text: string): readonly string[] {
  const [, name = "", rest = ""] = /^\s*(<?[A-Za-z0-9_]+)([^]*)$/.exec(text) ?? [];
  const directive = name.toLowerCase();
  const owners = ownersOf(directive);
  return [...new Set([...(owners.length === 1 ? owners : []), ...named(directive, rest), ...logged(directive, rest)])];
}

function named(directive: string, rest: string): readonly string[] {
  return Object.values<(typeof BROUGHT_NAMES)[keyof typeof BROUGHT_NAMES]>(BROUGHT_NAMES).flatMap((kind) => {
    if (!(kind.directives as readonly string[]).includes(directive)) return [];
    const names: Readonly<Record<string, readonly string[]>> = kind.names;
    return wordsIn(rest).flatMap((word) => (Object.hasOwn(names, word) ? (names[word] ?? []) : []));
  });
}

/** Words in lower case; of `shmcb:/path`, `proxy:ajp://host` and `DEFLATE;INCLUDES` also the part that is a name. */
function wordsIn(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[\s"'>;|]+/)
    .flatMap((word) => {
      const [, handler] = /^(proxy:[a-z]+)/.exec(word) ?? [];
      const [, scheme] = /^([a-z0-9_-]+):/.exec(word) ?? [];
      return [word, handler, scheme].filter((one) => one !== undefined && one !== "") as string[];
    });
}

/** `%{NAME}x`, `%>I`: the letter at the end of a format. */
function logged(directive: string, rest: string): readonly string[] {
  if (!(LOG_LETTERS.directives as readonly string[]).includes(directive)) return [];
  const letters: Readonly<Record<string, readonly string[]>> = LOG_LETTERS.letters;
  return [...rest.matchAll(/%[!0-9,<>]*(\{[^}]*\})?(\^..|[A-Za-z])/g)].flatMap(([, braces, letter = ""]) =>
    (letter === "c" && braces === undefined) || !Object.hasOwn(letters, letter) ? [] : (letters[letter] ?? []),
  );
}

/** The modules that bring a directive; none for those of the core. */
function ownersOf(directive: string): readonly string[] {
  owners ??= allOwners();
  return owners.get(directive) ?? [];
}

/** The core, which is no module to load, the one that loads others, and MPMs, of which one is chosen anyway. */
const NEVER_LOADED = /^(?:core|http|so|mpm_[a-z]+)_module$/;

/** Put together when first asked for. */
let owners: ReadonlyMap<string, readonly string[]> | undefined;

function allOwners(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const symbol of MODULE_TABLES.keys()) {
    if (NEVER_LOADED.test(symbol)) continue;
    for (const { key } of commandsOf(symbol))
      found.set(key, [...(found.get(key) ?? []), symbol.replace(/_module$/, "")]);
  }
  return found;
}
