import type { ModuleName } from "../vocabulary/modules.js";

/** Directives of escape-hatch lines, by the module that brings them. */
const DIRECTIVES: readonly (readonly [pattern: RegExp, module: ModuleName])[] = [
  [/^(header|requestheader)$/, "headers"],
  [/^rewrite[a-z]*$/, "rewrite"],
  [/^(alias|aliasmatch|redirect|redirectmatch|redirectpermanent|redirecttemp|scriptalias)$/, "alias"],
  [/^(setenv|unsetenv|passenv)$/, "env"],
  [/^(setenvif|setenvifnocase|browsermatch|browsermatchnocase)$/, "setenvif"],
  [/^(addtype|addencoding|addcharset|addhandler|typesconfig)$/, "mime"],
  [/^(directoryindex|directoryslash|fallbackresource)$/, "dir"],
  [/^(order|allow|deny|satisfy)$/, "access_compat"],
  [/^(sslproxy[a-z]*|ssl[a-z]*)$/, "ssl"],
  [/^h2[a-z0-9]*$/, "http2"],
  [/^(customlog|logformat|transferlog)$/, "log_config"],
  [/^<ifversion$/, "version"],
  [/^heartbeat(listen|maxservers)$/, "heartmonitor"],
  [/^heartbeatstorage$/, "lbmethod_heartbeat"],
  [/^require$/, "authz_core"],
  [/^proxyhc[a-z]*$/, "proxy_hcheck"],
];

const ACCESS_BY_HOST = /^\s*require\s+(not\s+)?(ip|host|forward-dns|local)\b/i;
const STATUS_HANDLER = /^\s*sethandler\s+"?server-status"?\s*$/i;

/** The modules one line of an escape hatch needs, as far as its directive tells. */
export function modulesOfLine(text: string): readonly ModuleName[] {
  const word = /^\s*(<?[a-z0-9]+)/i.exec(text)?.[1]?.toLowerCase();
  if (word === undefined) return [];
  const named = DIRECTIVES.flatMap(([pattern, module]) => (pattern.test(word) ? [module] : []));
  return [
    ...named,
    ...(ACCESS_BY_HOST.test(text) ? (["authz_host"] as const) : []),
    ...(STATUS_HANDLER.test(text) ? (["status"] as const) : []),
  ];
}
