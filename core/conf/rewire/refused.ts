import { refused } from "./change.js";
import type { Rewire, RewireTable } from "./change.js";

const RUNS = "it would run a program";
const REACHES = "it would reach another host";

/** What a play never does, whatever else a configuration holds. */
export const REFUSED: RewireTable = {
  scriptalias: () => refused(RUNS),
  scriptaliasmatch: () => refused(RUNS),
  scriptinterpretersource: () => refused(RUNS),
  action: () => refused(RUNS),
  script: () => refused(RUNS),
  extfilterdefine: () => refused(RUNS),
  rewritemap: ({ words }) => {
    const source = words[1] ?? "";
    if (/^prg:/i.test(source)) return refused(RUNS);
    return /^(?:fast)?dbd:/i.test(source) ? refused(REACHES) : [];
  },
  sessioncryptopassphrase: execWord,
  authldapbindpassword: execWord,
  dav: ({ words: [word = ""] }) => (/^off$/i.test(word) ? [] : refused("it would write files")),
  chrootdir: () => refused("the play would not find its own files"),
  proxyrequests: onRefused,
  proxyremote: () => refused(REACHES),
  proxyremotematch: () => refused(REACHES),
  proxyblock: () => refused(REACHES),
  proxyexpressenable: onRefused,
  mdomain: () => refused(REACHES),
  "<mdomain": () => refused(REACHES),
  "<mdomainset": () => refused(REACHES),
  authldapurl: () => refused(REACHES),
  ldaptrustedglobalcert: () => refused(REACHES),
  dbdriver: () => refused(REACHES),
  dbdparams: () => refused(REACHES),
  authnzfcgidefineprovider: () => refused(REACHES),
  heartbeataddress: () => refused(REACHES),
  heartbeatlisten: () => refused(REACHES),
};

/** Every directive of these modules runs what a file says. */
export const REFUSED_PREFIX = /^<?lua/;

function execWord({ words }: Parameters<Rewire>[0]): ReturnType<Rewire> {
  return words.some((word) => /^exec:/i.test(word)) ? refused(RUNS) : [];
}

function onRefused({ words: [word = ""] }: Parameters<Rewire>[0]): ReturnType<Rewire> {
  return /^off$/i.test(word) ? [] : refused(REACHES);
}
