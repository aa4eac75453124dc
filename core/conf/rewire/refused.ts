import { wiringRefused } from "./change.js";
import type { Rewire, RewireTable } from "./change.js";

const RUNS = "it would run a program";
const REACHES = "it would reach another host";

const runs: Rewire = () => wiringRefused(RUNS);
const reaches: Rewire = () => wiringRefused(REACHES);

/** What a play never does, whatever else a configuration holds. */
export const REFUSED: RewireTable = {
  scriptalias: runs,
  scriptaliasmatch: runs,
  scriptinterpretersource: runs,
  action: runs,
  script: runs,
  extfilterdefine: runs,
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
  proxyremote: reaches,
  proxyremotematch: reaches,
  proxyblock: reaches,
  proxyexpressenable: onRefused,
  mdomain: reaches,
  "<mdomain": reaches,
  "<mdomainset": reaches,
  authldapurl: reaches,
  ldaptrustedglobalcert: reaches,
  dbdriver: reaches,
  dbdparams: reaches,
  authnzfcgidefineprovider: reaches,
  heartbeataddress: reaches,
  heartbeatlisten: reaches,
};

/** Every directive of these modules runs what a file says. */
export const REFUSED_PREFIX = /^<?lua/;

function execWord({ words }: Parameters<Rewire>[0]): ReturnType<Rewire> {
  return words.some((word) => /^exec:/i.test(word)) ? wiringRefused(RUNS) : [];
}

function onRefused({ words: [word = ""] }: Parameters<Rewire>[0]): ReturnType<Rewire> {
  return /^off$/i.test(word) ? [] : wiringRefused(REACHES);
}
