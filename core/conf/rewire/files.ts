import { rootRelative } from "../run/reader.js";
import { firstWord, wiringRefused } from "./change.js";
import type { WireChange, Places, Rewire, RewireTable, WiredLine } from "./change.js";

/** What is written or read on the machine: logs, locks, caches, folders, accounts. */
export const FILES: RewireTable = {
  errorlog: (line, places) => log(line, line.parent === undefined ? places.errorLog : places.writable()),
  customlog: writtenLog,
  transferlog: writtenLog,
  globallog: writtenLog,
  forensiclog: writtenLog,
  cookielog: writtenLog,
  pidfile: writable,
  scoreboardfile: writable,
  coredumpdirectory: writable,
  cacheroot: writable,
  davlockdb: writable,
  defaultruntimedir: out("runtime"),
  mutex: ({ words: [word = ""] }) => (/^(?:file|flock|fcntl):/i.test(word) ? firstWord("default", "runtime") : []),
  sslsessioncache: sharedCache,
  sslstaplingcache: sharedCache,
  authncachesocache: sharedCache,
  cachesocache: sharedCache,
  serverroot: (line, places) => (places.isThere(line.words[0] ?? "") ? [] : firstWord(places.root, "folder")),
  documentroot: ({ words: [word = ""] }, places) =>
    places.isThere(rootRelative(places.root, word)) ? [] : firstWord(places.documents, "folder"),
  typesconfig: readable,
  mimemagicfile: readable,
  user: (_line, { account }) => (account === undefined ? [gone] : firstWord(account.user, "account")),
  group: (_line, { account }) => (account === undefined ? [gone] : firstWord(account.group, "account")),
  // Files of folders may say what a configuration may not.
  accessfilename: () => [{ kind: "line", text: NO_ACCESS_FILES, about: "folder" }],
  proxysourceaddress: out("listen"),
  hostnamelookups: ({ words: [word = ""] }) => (/^off$/i.test(word) ? [] : firstWord("Off", "lookup")),
};

/** Names the files in folders that add to a configuration as nobody does. */
export const NO_ACCESS_FILES = "AccessFileName .httpd-rehearsal-none";

const gone: WireChange = { kind: "out", about: "account" };

function out(about: Extract<WireChange, { kind: "out" }>["about"]): Rewire {
  return () => [{ kind: "out", about }];
}

function writtenLog(line: WiredLine, places: Places): readonly WireChange[] {
  return log(line, places.writable());
}

function log({ words: [word = ""] }: WiredLine, path: string): readonly WireChange[] {
  return /^\s*\|/.test(word) ? wiringRefused("it would run a program") : firstWord(path, "log");
}

function writable(_line: WiredLine, places: Places): readonly WireChange[] {
  return firstWord(places.writable(), "runtime");
}

/** A file that httpd does not start without. */
function readable({ words: [word = ""] }: WiredLine, places: Places): readonly WireChange[] {
  return places.isThere(rootRelative(places.root, word)) ? [] : firstWord(places.file("empty"), "folder");
}

/** `shmcb:/path(size)`: the path may be left out; caches on other machines are not asked. */
function sharedCache({ words: [word = ""] }: WiredLine, places: Places): readonly WireChange[] {
  if (/^(?:memcache|redis|dc):/i.test(word)) return wiringRefused("it would reach another host");
  const [, kind, size = ""] = /^((?:shmcb|shm|dbm|shmht):)[^(]*(\(.*\))?$/i.exec(word) ?? [];
  return kind === undefined ? [] : firstWord(`${kind}${places.writable()}${size}`, "runtime");
}
