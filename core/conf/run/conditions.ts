import { compileRegex } from "../../httpd/regex.js";
import { cutWord, wordsOf } from "../../httpd/word.js";
import { rootRelative } from "./reader.js";
import type { ConfReader } from "./reader.js";
import { refused } from "./refusal.js";
import type { Refusal } from "./refusal.js";
import type { LoadedModules } from "./modules/loaded.js";
import type { Variables } from "./variables.js";

/** What conditions may ask about. */
export interface ConditionFacts {
  readonly modules: LoadedModules;
  readonly variables: Variables;
  readonly reader: ConfReader;
  readonly serverRoot: string;
  /** Names of the sections the condition stands in, innermost first. */
  readonly sections: readonly string[];
  /** The version of httpd, for example `2.4.71`. */
  readonly version: string;
}

/** What a condition comes to: true, false, or httpd's complaint. */
export type ConditionResult = boolean | Refusal;

/** Sections that are read or skipped whole, by their name in lower case. */
export const CONDITIONS: ReadonlyMap<string, (args: string, facts: ConditionFacts) => ConditionResult> = new Map([
  ["<ifmodule", worded("<IfModule", (word, facts) => facts.modules.has(word))],
  ["<ifdefine", worded("<IfDefine", (word, facts) => facts.variables.has(word))],
  ["<iffile", worded("<IfFile", fileExists)],
  ["<ifdirective", worded("<IfDirective", (word, facts) => facts.modules.rules(word).length > 0)],
  ["<ifsection", worded("<IfSection", sectionExists)],
  ["<ifversion", ifVersion],
]);

const EXAMPLES: Readonly<Record<string, string>> = {
  "<IfModule": "<IfModule mod_ssl.c",
  "<IfDefine": "<IfDefine SSL",
  "<IfFile": "<IfFile /etc/apache2/front.pem",
  "<IfDirective": "<IfDirective SSLProxyEngine",
  "<IfSection": "<IfSection Proxy",
};

type WordTest = (word: string, facts: ConditionFacts) => boolean;

/** `<IfX [!]word>`: `start_cond_section` of server/core.c. */
function worded(name: string, test: WordTest): (args: string, facts: ConditionFacts) => ConditionResult {
  return (args, facts) => {
    const end = args.lastIndexOf(">");
    if (end < 0) return refused(`${name}> directive missing closing '>'`, "end the line in >");
    const negated = args.startsWith("!");
    const wanted = cutWord(args.slice(negated ? 1 : 0, end), 0)?.text ?? "";
    if (wanted === "") {
      return refused(
        `${name}> directive requires additional arguments`,
        `say what it asks for: ${EXAMPLES[name] ?? name}>`,
      );
    }
    return test(wanted, facts) !== negated;
  };
}

function fileExists(path: string, facts: ConditionFacts): boolean {
  const absolute = rootRelative(facts.serverRoot, path);
  return facts.reader.readFolder(absolute) !== undefined || facts.reader.readText(absolute) !== undefined;
}

function sectionExists(name: string, facts: ConditionFacts): boolean {
  return facts.modules.rules(`<${name}`).length > 0;
}

/** `<IfVersion [!][operator] version>`: `start_ifversion` of mod_version. */
function ifVersion(args: string, facts: ConditionFacts): ConditionResult {
  const words = versionWords(args);
  if ("sentence" in words) return words;
  const negated = words.operator.startsWith("!") && words.operator.length > 1;
  const result = compareVersions(words.operator, words.version, facts.version);
  return typeof result === "object" ? result : result !== negated;
}

interface VersionWords {
  readonly operator: string;
  readonly version: string;
}

const VERSION_EXAMPLE = "write <IfVersion >= 2.4.59>";

function versionWords(args: string): VersionWords | Refusal {
  const words = wordsOf(args);
  const missing = refused("<IfVersion> directive missing closing '>'", "end the line in >");
  const [first = "", second = "", third = ""] = words;
  if (words.length > 3)
    return refused(
      "<IfVersion takes one, two or three arguments, a comparison operator, a version (and a delimiter)",
      VERSION_EXAMPLE,
    );
  if (words.length === 3) return third === ">" ? { operator: first, version: second } : missing;
  const last = words.length === 1 ? first : second;
  if (!last.endsWith(">")) return missing;
  const version = last.slice(0, -1);
  return words.length === 1 ? { operator: "=", version } : { operator: first, version };
}

const ORDERS: Readonly<Record<string, (order: number) => boolean>> = {
  "=": (order) => order === 0,
  "==": (order) => order === 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
};

function compareVersions(given: string, text: string, actual: string): ConditionResult {
  const operator = given.length > 1 ? given.replace(/^!/, "") : given;
  const slashed = /^\/(.*)\/$/.exec(text);
  if (/^==?$/.test(operator) && text.startsWith("/") && slashed === null) {
    return refused(
      "Missing delimiting / of regular expression.",
      "end the regular expression in a slash: /^2[.]4/",
      text,
    );
  }
  if (operator === "~" || ((operator === "=" || operator === "==") && slashed !== null)) {
    return matches(slashed === null ? text : (slashed[1] ?? ""), actual);
  }
  const holds = ORDERS[operator];
  if (holds === undefined)
    return refused(
      `unrecognized operator '${given}'`,
      `${VERSION_EXAMPLE}: the operators are =, ==, <, <=, >, >= and ~`,
      given,
    );
  const numbers = /^(\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(text);
  if (numbers === null) {
    const sentence =
      "Version appears to be invalid. It must have the format major[.minor[.patch]] where major, minor and patch are numbers.";
    return refused(sentence, "write one to three numbers with dots between: 2.4.59", text);
  }
  const wanted = [1, 2, 3].map((group) => Number(numbers[group] ?? "0"));
  const found = actual.split(".").map(Number);
  const difference = found.map((part, index) => part - (wanted[index] ?? 0)).find((part) => part !== 0);
  return holds(difference ?? 0);
}

/** What an expression matches that is not known here is taken for no match. */
function matches(pattern: string, actual: string): ConditionResult {
  const regex = compileRegex(pattern);
  if (regex.kind === "refused") {
    return refused("Unable to compile regular expression", "close every bracket of the regular expression", pattern);
  }
  return regex.kind === "matcher" && regex.test(actual);
}
