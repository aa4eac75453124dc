import { firstWord, wiringRefused } from "./change.js";
import type { PlayedFile, Rewire, RewireTable } from "./change.js";

/** Certificates of a play are made for it; what would look others up is left out. */
export const CERTIFICATES: RewireTable = {
  sslcertificatefile: own("certificate"),
  sslcertificatekeyfile: own("certificate"),
  sslproxymachinecertificatefile: own("certificate"),
  sslcacertificatefile: own("authorities"),
  sslproxycacertificatefile: own("authorities"),
  sslcacertificatepath: inPlaceOf("SSLCACertificateFile"),
  sslproxycacertificatepath: inPlaceOf("SSLProxyCACertificateFile"),
  sslcertificatechainfile: leftOut,
  sslcadnrequestfile: leftOut,
  sslcadnrequestpath: leftOut,
  sslcarevocationfile: leftOut,
  sslcarevocationpath: leftOut,
  sslcarevocationcheck: leftOut,
  sslproxycarevocationfile: leftOut,
  sslproxycarevocationpath: leftOut,
  sslproxycarevocationcheck: leftOut,
  sslproxymachinecertificatepath: leftOut,
  sslproxymachinecertificatechainfile: leftOut,
  sslsrpverifierfile: leftOut,
  sslopensslconfcmd: ({ words }) => (words.some((word) => word.includes("/")) ? leftOut() : []),
  sslpassphrasedialog: programRefused,
  sslrandomseed: programRefused,
  sslstaplingforceurl: () => wiringRefused("it would reach another host"),
  sslocspdefaultresponder: () => wiringRefused("it would reach another host"),
  sslocspenable: ({ words: [word = ""] }) => (/^off$/i.test(word) ? [] : wiringRefused("it would reach another host")),
};

function own(kind: PlayedFile): Rewire {
  return (_line, places) => firstWord(places.file(kind), "certificate");
}

function inPlaceOf(directive: string): Rewire {
  return (_line, places) => [
    { kind: "line", text: `${directive} "${places.file("authorities")}"`, about: "certificate" },
  ];
}

function leftOut(): ReturnType<Rewire> {
  return [{ kind: "out", about: "certificate" }];
}

function programRefused({ words }: Parameters<Rewire>[0]): ReturnType<Rewire> {
  return words.some((word) => /^(?:exec:|\|)/i.test(word)) ? wiringRefused("it would run a program") : [];
}
