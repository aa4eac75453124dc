import { subnetComplaint } from "../../../httpd/subnet.js";
import type { LoadedModules } from "../modules/loaded.js";

/** What an expression may name: the tables of server/util_expr_eval.c, in lower case. */
const VARIABLES: ReadonlySet<string> = wordSet(
  "api_version auth_type conn_log_id conn_remote_addr content_type context_document_root context_prefix document_root " +
    "document_uri handler http2 https http_accept http_forwarded http_cookie http_host http_proxy_connection " +
    "http_user_agent http_referer ipv6 is_subreq last_modified path_info query_string remote_addr remote_ident " +
    "remote_host remote_user remote_port request_filename request_log_id request_method request_scheme " +
    "request_status request_uri script_filename script_group script_user server_port server_name server_admin " +
    "server_protocol server_protocol_version server_protocol_version_major server_protocol_version_minor " +
    "server_software the_request time time_day time_hour time_min time_sec time_mon time_year time_wday",
);
const FUNCTIONS: ReadonlySet<string> = wordSet(
  "base64 env escape file filesize http ldap md5 note osenv req req_novary reqenv resp sha1 tolower toupper unbase64 " +
    "unescape",
);
const UNARY_OPERATORS = "defhnsxzAFLRTU";
const BINARY_OPERATORS: ReadonlySet<string> = wordSet("ipmatch strmatch strcmatch fnmatch");

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(" "));
}

/** The complaint about `%{name}`; undefined when some module knows it. */
export function variableComplaint(name: string, modules: LoadedModules): string | undefined {
  const key = name.toLowerCase();
  const known =
    VARIABLES.has(key) ||
    (key.startsWith("hc_") && modules.has("proxy_hcheck_module")) ||
    (key.startsWith("ssl_") && modules.has("ssl_module"));
  return known ? undefined : `Variable '${name}' does not exist`;
}

/** The complaint about `name(word)` and `%{name:text}`. */
export function functionComplaint(name: string, modules: LoadedModules): string | undefined {
  const key = name.toLowerCase();
  const known =
    FUNCTIONS.has(key) ||
    (key === "hc" && modules.has("proxy_hcheck_module")) ||
    (key === "ssl" && modules.has("ssl_module"));
  return known ? undefined : `Function '${name}' does not exist`;
}

/** The complaint about `word in name(word)`. */
export function listFunctionComplaint(name: string, modules: LoadedModules): string | undefined {
  const known = name.toLowerCase() === "peerextlist" && modules.has("ssl_module");
  return known ? undefined : `List-returning function '${name}' does not exist`;
}

/** The complaint about `-x word`; `constant` is the word where it is nothing but text in quotes. */
export function unaryComplaint(name: string, constant: string | undefined): string | undefined {
  if (!UNARY_OPERATORS.includes(name)) return `Unary operator '-${name}' does not exist`;
  return name === "R" ? networkComplaint(name, constant) : undefined;
}

/** The complaint about `word -name word`. */
export function binaryComplaint(name: string, constant: string | undefined): string | undefined {
  if (!BINARY_OPERATORS.has(name.toLowerCase())) return `Binary operator '-${name}' does not exist`;
  return name.toLowerCase() === "ipmatch" ? networkComplaint("ipmatch", constant) : undefined;
}

function networkComplaint(operator: string, constant: string | undefined): string | undefined {
  if (constant === undefined) return `-${operator} requires subnet/netmask as constant argument`;
  const slash = constant.indexOf("/");
  const address = slash < 0 ? constant : constant.slice(0, slash);
  const wrong = subnetComplaint(address, slash < 0 ? undefined : constant.slice(slash + 1));
  return wrong === undefined ? undefined : "parsing of subnet/netmask failed";
}
