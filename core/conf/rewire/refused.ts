import { wiringRefused } from "./change.js";
import type { Rewire, RewireTable } from "./change.js";

const RUNS = "it would run a program";
const REACHES = "it would reach another host";

/** What a play never does, whatever else a configuration holds. */
export const REFUSED: RewireTable = {
  scriptalias: () => wiringRefused(RUNS),
  scriptaliasmatch: () => wiringRefused(RUNS),
  scriptinterpretersource: () => wiringRefused(RUNS),
  action: () => wiringRefused(RUNS),
  script: () => wiringRefused(RUNS),
  extfilterdefine: () => wiringRefused(RUNS),
  rewritemap: ({ words }) => {
    const source = words[1] ?? "";
    if (/^prg:/i.test(source)) return wiringRefused(RUNS);
    return /^(?:fast)?dbd:/i.test(source) ? wiringRefused(REACHES) : [];
  },
  sessioncryptopassphrase: execWord,
  authldapbindpassword: execWord,
  dav: ({ words: [word = ""] }) => (/^off$/i.test(word) ? [] : wiringRefused("it would write files")),
  chrootdir: () => wiringRefused("the play would not find its own files"),
  proxyrequests: onRefused,
  proxyremote: () => wiringRefused(REACHES),
  proxyremotematch: () => wiringRefused(REACHES),
  proxyblock: () => wiringRefused(REACHES),
  proxyexpressenable: onRefused,
  mdomain: () => wiringRefused(REACHES),
  "<mdomain": () => wiringRefused(REACHES),
  "<mdomainset": () => wiringRefused(REACHES),
  authldapurl: () => wiringRefused(REACHES),
  ldaptrustedglobalcert: () => wiringRefused(REACHES),
  dbdriver: () => wiringRefused(REACHES),
  dbdparams: () => wiringRefused(REACHES),
  authnzfcgidefineprovider: () => wiringRefused(REACHES),
  heartbeataddress: () => wiringRefused(REACHES),
  heartbeatlisten: () => wiringRefused(REACHES),
};

/** Every directive of these modules runs what a file says. */
export const REFUSED_PREFIX = /^<?lua/;

function execWord({ words }: Parameters<Rewire>[0]): ReturnType<Rewire> {
  return words.some((word) => /^exec:/i.test(word)) ? wiringRefused(RUNS) : [];
}

function onRefused({ words: [word = ""] }: Parameters<Rewire>[0]): ReturnType<Rewire> {
  return /^off$/i.test(word) ? [] : wiringRefused(REACHES);
}
