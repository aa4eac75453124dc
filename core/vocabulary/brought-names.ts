/** A kind of name that stands in the arguments of directives and that a module brings. */
interface BroughtNames {
  /** Directives in whose arguments such names stand, in lower case. */
  readonly directives: readonly string[];
  /** The modules that bring a name, without `_module`. */
  readonly names: Readonly<Record<string, readonly string[]>>;
}

/**
 * Names that a directive's arguments may hold and that are brought by another module than the directive is: without it
 * httpd refuses the name, or answers as if the line were not there (measured on httpd 2.4.71, Debian).
 */
export const BROUGHT_NAMES = {
  /** Providers of Require; in exact case. */
  requirement: {
    directives: ["require", "<authzprovideralias"],
    names: {
      ...{ ip: ["authz_host"], host: ["authz_host"], local: ["authz_host"], "forward-dns": ["authz_host"] },
      ...{ user: ["authz_user"], "valid-user": ["authz_user"] },
      ...{ group: ["authz_groupfile"], "file-group": ["authz_groupfile"], "file-owner": ["authz_owner"] },
      ...{ "dbm-group": ["authz_dbm"], "dbm-file-group": ["authz_dbm"] },
      ...{ "dbd-group": ["authz_dbd"], "dbd-login": ["authz_dbd"], "dbd-logout": ["authz_dbd"] },
      ...{ "ldap-user": ["authnz_ldap"], "ldap-group": ["authnz_ldap"], "ldap-dn": ["authnz_ldap"] },
      ...{ "ldap-attribute": ["authnz_ldap"], "ldap-filter": ["authnz_ldap"], "ldap-search": ["authnz_ldap"] },
      ...{ ssl: ["ssl"], "ssl-verify-client": ["ssl"] },
    },
  },
  authentication: {
    directives: ["authtype"],
    names: { basic: ["auth_basic"], digest: ["auth_digest"], form: ["auth_form"] },
  },
  user: {
    directives: ["authbasicprovider", "authdigestprovider", "authformprovider", "<authnprovideralias"],
    names: {
      ...{ file: ["authn_file"], anon: ["authn_anon"], dbm: ["authn_dbm"], dbd: ["authn_dbd"] },
      ...{ ldap: ["authnz_ldap"], socache: ["authn_socache"] },
    },
  },
  filter: {
    directives: [
      ...["addoutputfilterbytype", "setoutputfilter", "addoutputfilter", "filterprovider", "filterchain"],
      ...["setinputfilter", "addinputfilter"],
    ],
    names: {
      ...{ deflate: ["deflate"], inflate: ["deflate"], brotli_compress: ["brotli"], substitute: ["substitute"] },
      ...{ includes: ["include"], rate_limit: ["ratelimit"], sed: ["sed"], buffer: ["buffer"] },
      ...{ "proxy-html": ["proxy_html"], xml2enc: ["xml2enc"], cache: ["cache"], reflector: ["reflector"] },
    },
  },
  handler: {
    directives: ["sethandler", "addhandler"],
    names: {
      ...{ "server-status": ["status"], "server-info": ["info"], "balancer-manager": ["proxy_balancer"] },
      ...{ "cgi-script": ["cgid"], "send-as-is": ["asis"], "imap-file": ["imagemap"], "type-map": ["negotiation"] },
      ...{ "ldap-status": ["ldap"], heartbeat: ["heartmonitor"], "lua-script": ["lua"] },
      ...{ "proxy:balancer": ["proxy_balancer"], "proxy:http": ["proxy_http"] },
      ...{ "proxy:https": ["proxy_http", "ssl"], "proxy:ajp": ["proxy_ajp"] },
      ...{ "proxy:fcgi": ["proxy_fcgi"], "proxy:unix": ["proxy"], "proxy:uwsgi": ["proxy_uwsgi"] },
    },
  },
  /** Where mod_ssl and others keep what is shared by all children. */
  cache: {
    directives: ["sslsessioncache", "sslstaplingcache", "authnsocacheprovider", "cachesocache"],
    names: {
      ...{ shmcb: ["socache_shmcb"], dbm: ["socache_dbm"], memcache: ["socache_memcache"], redis: ["socache_redis"] },
    },
  },
} as const satisfies Readonly<Record<string, BroughtNames>>;

/** Modules that the formats of log lines ask by letter: mod_logio, and mod_ssl for `x` and `c`. */
export const LOG_LETTERS = {
  directives: ["customlog", "logformat", "transferlog", "globallog"],
  letters: { I: ["logio"], O: ["logio"], S: ["logio"], x: ["ssl"], c: ["ssl"] },
} as const;
