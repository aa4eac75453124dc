import { valueOrOfProcess } from "./env-variable.js";
import type { Going } from "./request.js";

const HEADERS: Readonly<Record<string, string>> = {
  HTTP_HOST: "host",
  HTTP_ACCEPT: "accept",
  HTTP_COOKIE: "cookie",
  HTTP_REFERER: "referer",
  HTTP_FORWARDED: "forwarded",
  HTTP_USER_AGENT: "user-agent",
  HTTP_PROXY_CONNECTION: "proxy-connection",
};

/** Variables whose value depends on what a request cannot say: the clock, files, certificates, who is logged in. */
const UNKNOWN =
  /^(?:TIME|LA-[UF]:|SSL:|REMOTE_(?:HOST|PORT|USER|IDENT)|AUTH_TYPE|SERVER_(?:ADMIN|SOFTWARE)|API_VERSION|IPV6|CONTEXT_|DOCUMENT_ROOT|SCRIPT_)/;

/**
 * `%{NAME}` of mod_rewrite (`lookup_variable` of mod_rewrite.c) and, for the names both know, of expressions.
 *
 * @returns undefined for what is not known here; empty for a name that httpd does not know
 */
export function variable(name: string, going: Going): string | undefined {
  const { headers } = going;
  const header = HEADERS[name];
  if (header !== undefined) return headers.get(header) ?? "";
  if (/^HTTP:/i.test(name)) return headers.get(name.slice("HTTP:".length).toLowerCase()) ?? "";
  if (/^ENV:/i.test(name)) return valueOrOfProcess(name.slice("ENV:".length), going);
  const own = OWN[name];
  if (own !== undefined) return own(going);
  return UNKNOWN.test(name) ? undefined : "";
}

const OWN: Readonly<Record<string, (going: Going) => string | undefined>> = {
  REQUEST_URI: ({ uri }) => uri,
  REQUEST_FILENAME: ({ filename, uri, documentRoot }) =>
    filename?.startsWith(`${documentRoot}/`) === true ? undefined : (filename ?? uri),
  QUERY_STRING: ({ args }) => args ?? "",
  REQUEST_METHOD: ({ method }) => method,
  THE_REQUEST: ({ line }) => line,
  REQUEST_SCHEME: ({ scheme }) => scheme,
  HTTPS: ({ secure }) => (secure === undefined ? undefined : secure ? "on" : "off"),
  SERVER_PROTOCOL: () => "HTTP/1.1",
  SERVER_PORT: ({ calledPort }) => (calledPort === undefined ? undefined : String(calledPort)),
  SERVER_NAME: ({ calledName }) => calledName,
  SERVER_ADDR: ({ listener }) => listener.address,
  REMOTE_ADDR: ({ client }) => client,
  CONN_REMOTE_ADDR: ({ client }) => client,
  PATH_INFO: ({ proxied, filename, uri }) => (proxied || filename === undefined || filename === uri ? "" : undefined),
  IS_SUBREQ: () => "false",
  REMOTE_USER: ({ headers }) => (headers.has("authorization") ? undefined : ""),
};
