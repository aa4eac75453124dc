import type { ModuleName } from "./modules.js";
import { existsIn } from "./versions.js";
import type { HttpdVersion } from "./versions.js";

/** A directive that closes what httpd leaves open by default. */
export interface HardeningEntry {
  /** The spelling httpd documents. */
  readonly directive: string;
  /** What it is set to. */
  readonly words: (httpd: HttpdVersion) => readonly string[];
  /** `server`: once, in the main server. `tls`: beside each certificate that clients are shown. */
  readonly where: "server" | "tls";
  /** The module that brings it. @default - the core, or the one that TLS needs anyway */
  readonly module?: ModuleName;
  /** @default - every version configurations are written for */
  readonly since?: HttpdVersion;
  /** Why it is there, for the comment above it. */
  readonly doc: string;
}

/** 1 GiB, in bytes. */
const MOST_BODY = 1_073_741_824;

/**
 * TLS 1.2 with forward secrecy and authenticated encryption: the suites that Mozilla's intermediate policies 5.7 and 5.8
 * have in common, in their order. Suites of TLS 1.3 are a list of their own, of which OpenSSL's default is theirs.
 */
const SUITES = ["AES128-GCM-SHA256", "AES256-GCM-SHA384", "CHACHA20-POLY1305"].flatMap((suite) => [
  `ECDHE-ECDSA-${suite}`,
  `ECDHE-RSA-${suite}`,
]);

/**
 * What a complete httpd.conf says beyond balancing so that nothing is open by default, keyed by the directive in lower
 * case, in the order in which it is written. Each effect is measured on httpd 2.4.71 by
 * `test/core/render/hardening.real.test.ts`.
 */
export const HARDENING = {
  servername: {
    directive: "ServerName",
    words: () => ["localhost"],
    where: "server",
    doc: "without a name httpd asks DNS for its own, warns AH00558, and tells members the machine's in X-Forwarded-Server",
  },
  servertokens: {
    directive: "ServerTokens",
    words: () => ["Prod"],
    where: "server",
    doc: "an answer does not tell the version of httpd and of its modules to those who look for known holes",
  },
  traceenable: {
    directive: "TraceEnable",
    words: () => ["Off"],
    where: "server",
    doc: "TRACE sends back all headers of a request, cookies and those that members add on the way included",
  },
  httpprotocoloptions: {
    directive: "HttpProtocolOptions",
    words: () => ["Strict", "Require1.0"],
    where: "server",
    since: "2.4.24",
    doc: "httpd and members see the same end of a request: bare line ends, odd blanks and HTTP/0.9 are answered 400",
  },
  requestreadtimeout: {
    directive: "RequestReadTimeout",
    words: (httpd) => [
      ...(existsIn(httpd, "2.4.39") ? ["handshake=20"] : []),
      "header=20-40,MinRate=500",
      "body=20,MinRate=500",
    ],
    where: "server",
    module: "reqtimeout",
    since: "2.2.15",
    doc: "a client that sends a request byte by byte is sent away (408) before it holds a thread for long",
  },
  limitrequestline: {
    directive: "LimitRequestLine",
    words: () => ["8190"],
    where: "server",
    doc: "a longer URL is answered 414; members commonly take 8 KiB for a whole head",
  },
  limitrequestfields: {
    directive: "LimitRequestFields",
    words: () => ["100"],
    where: "server",
    doc: "more headers in one request are answered 400",
  },
  limitrequestfieldsize: {
    directive: "LimitRequestFieldSize",
    words: () => ["8190"],
    where: "server",
    doc: "a longer header is answered 400",
  },
  limitrequestbody: {
    directive: "LimitRequestBody",
    words: () => [String(MOST_BODY)],
    where: "server",
    doc: "a larger body (1 GiB) that httpd itself reads is answered 413; httpd hands on any to a member, whose limit counts",
  },
  sslciphersuite: {
    directive: "SSLCipherSuite",
    words: () => [SUITES.join(":")],
    where: "tls",
    doc: "TLS 1.2 only with forward secrecy and authenticated encryption (Mozilla's intermediate policy, without DHE)",
  },
  sslhonorcipherorder: {
    directive: "SSLHonorCipherOrder",
    words: () => ["off"],
    where: "tls",
    doc: "all suites are good, so that the client takes the one that its processor is fast at",
  },
  sslsessiontickets: {
    directive: "SSLSessionTickets",
    words: () => ["off"],
    where: "tls",
    since: "2.4.11",
    doc: "the key of tickets stays the same until httpd is restarted: whoever gets it reads every connection since then",
  },
} as const satisfies Readonly<Record<string, HardeningEntry>>;

/** A directive of {@link HARDENING}, in lower case. */
export type HardeningName = keyof typeof HARDENING;

/** Why a directive of {@link HARDENING} is left as httpd has it. */
export interface HardeningOff {
  /** Shown above the place where it would stand. */
  readonly off: string;
}

/** Directives that are left as httpd has them, each with its reason; `all` stands for every one. */
export type HardeningChoices = Readonly<Partial<Record<HardeningName | "all", HardeningOff>>>;
