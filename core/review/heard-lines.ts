/** Directives that say what httpd writes down, not what it answers. */
const OF_LOGS: ReadonlySet<string> = new Set([
  ...["loglevel", "logformat", "customlog", "errorlog", "errorlogformat", "transferlog", "globallog"],
  ...["serveradmin", "pidfile", "coredumpdirectory"],
]);

/** What httpd does where nobody says it. */
const DEFAULTS: ReadonlySet<string> = new Set(["proxyrequests off"]);

const ROOT_OPENS = /^<directory\s+"?\/"?>?$/i;
const ROOT_CLOSES = /^<\/directory>?$/i;

/**
 * The lines of a server that clients may see: logs are none, nor is what holds anyhow. Of several `<Directory />` that
 * only say who may in, the last one holds (`AuthMerging Off`, mod_authz_core), and one that lets everybody in is as if
 * it were not there.
 */
export function heardLines(lines: readonly string[]): readonly string[] {
  const roots = rootSections(lines);
  const last = roots.at(-1);
  const left = roots.filter((one) => one !== last || last.isOpen);
  return lines.filter((line, at) => isHeard(line) && !left.some(({ from, to }) => from <= at && at <= to));
}

function isHeard(line: string): boolean {
  const words = line.trim().toLowerCase().split(/\s+/);
  return !OF_LOGS.has(words[0] ?? "") && !DEFAULTS.has(words.join(" "));
}

/** A `<Directory />` in which nothing stands but `Require all`, and what is the default. */
interface RootSection {
  readonly from: number;
  readonly to: number;
  /** Everybody is let in. */
  readonly isOpen: boolean;
}

function rootSections(lines: readonly string[]): readonly RootSection[] {
  return lines.flatMap((line, from): readonly RootSection[] => {
    if (!ROOT_OPENS.test(line.trim())) return [];
    const length = lines.slice(from).findIndex((other) => ROOT_CLOSES.test(other.trim()));
    const inside = lines.slice(from + 1, from + length).map((other) => other.trim().toLowerCase());
    const required = inside.filter((other) => !other.startsWith("#") && !/^allowoverride\s+none$/.test(other));
    const [access = ""] = required;
    const isPlain = length !== -1 && required.length === 1 && /^require\s+all\s+(?:granted|denied)$/.test(access);
    return isPlain ? [{ from, to: from + length, isOpen: access.endsWith("granted") }] : [];
  });
}
