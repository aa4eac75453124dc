import { MODULE_TABLES } from "../vocabulary/command-tables.js";

/** Directives that change nothing about where a request goes or with which status it ends, in lower case. */
const NAMES =
  "acceptfilter acceptpathinfo accessfilename addalt addaltbyencoding addaltbytype addcharset adddefaultcharset " +
  "adddescription addencoding addhandler addicon addiconbyencoding addiconbytype addinputfilter addlanguage " +
  "addoutputfilter addoutputfilterbytype addtype allowoverride allowoverridelist authbasicprovider authname " +
  "authuserfile authgroupfile balancerpersist balancerinherit balancergrowth balancermember bufferedlogs " +
  "cachedisable charsetdefault checkspelling contentdigest coredumpdirectory customlog defaulticon defaultlanguage " +
  "defaultruntimedir defaulttype define deflatebuffersize deflatecompressionlevel deflatefilternote " +
  "deflatememlevel deflatewindowsize directoryindex directoryslash directorycheckhandler enablemmap " +
  "enablesendfile errorlog errorlogformat expiresactive expiresbytype expiresdefault extendedstatus fallbackresource " +
  "fileetag forcelanguagepriority forcetype forensiclog gracefulshutdowntimeout group h2direct h2push h2upgrade " +
  "header headername heartbeataddress heartbeatlisten heartbeatstorage hostnamelookups indexignore " +
  "indexignorereset indexoptions indexorderdefault indexstylesheet " +
  "include includeoptional keepalive keepalivetimeout languagepriority limitinternalrecursion listen listenbacklog " +
  "listencoresbucketsratio loadfile loadmodule logformat loglevel logiotrackttfb maxclients " +
  "maxconnectionsperchild maxkeepaliverequests maxmemfree maxrequestsperchild maxrequestworkers maxsparethreads " +
  "maxspareservers metadir mimemagicfile minsparethreads minspareservers modmimeusepathinfo multiviewsmatch mutex " +
  "namevirtualhost passenv pidfile protocols protocolshonororder proxybadheader proxyhcexpr proxyhctemplate " +
  "proxyhctpsize proxyiobuffersize proxypassinherit proxypassreverse proxypassreversecookiedomain " +
  "proxypassreversecookiepath proxypreservehost proxyreceivebuffersize proxyset proxysourceaddress proxystatus " +
  "proxytimeout proxyvia proxyaddheaders proxy100continue proxyfcgibackendtype readmename receivebuffersize " +
  "requestreadtimeout rewritemap rlimitcpu rlimitmem rlimitnproc scoreboardfile scriptlog scriptsock seerequesttail " +
  "sendbuffersize serveradmin serveralias serverlimit servername serverroot serversignature servertokens setenv " +
  "setinputfilter setoutputfilter startservers startthreads staticmodules suexec threadlimit threadsperchild " +
  "threadstacksize timeout traceenable transferlog typesconfig undefine undef unsetenv usecanonicalname " +
  "usecanonicalphysicalport user watchdoginterval warning sslcacertificatefile " +
  "sslcacertificatepath sslcertificatechainfile sslcertificatefile sslcertificatekeyfile sslciphersuite " +
  "sslcompression sslcryptodevice sslhonorcipherorder sslopensslconfcmd ssloptions sslpassphrasedialog " +
  "sslprotocol sslproxycacertificatefile sslproxycacertificatepath sslproxycheckpeercn sslproxycheckpeerexpire " +
  "sslproxycheckpeername sslproxyciphersuite sslproxyengine sslproxymachinecertificatefile sslproxyprotocol " +
  "sslproxyverify sslproxyverifydepth sslrandomseed sslsessioncache sslsessioncachetimeout sslsessiontickets " +
  "sslusestapling sslstaplingcache sslstaplingrespondertimeout sslstaplingreturnrespondererrors " +
  "brotlicompressionquality brotlifilternote substitute substitutemaxlinelength filterdeclare filterchain " +
  "filterprovider filterprotocol unloadmodule";

const IRRELEVANT: ReadonlySet<string> = new Set(NAMES.split(" "));

/** Modules that are asked about access for each path anew (server/request.c, `ap_setup_auth_internal`). */
const ASKS_PATHS = ["allowmethods_module", "auth_form_module", "log_debug_module", "lua_module"];

/**
 * True for a directive that neither model nor rehearsal has to know to say where a request goes.
 *
 * @param name - in lower case
 * @param word - its first argument
 */
export function isIrrelevant(name: string, word = ""): boolean {
  if (name === "loadmodule") return MODULE_TABLES.has(word) && !ASKS_PATHS.includes(word);
  return IRRELEVANT.has(name);
}
