import { MODULE_TABLES } from "../vocabulary/command-tables.js";

/** Directives in lower case that change nothing about where a request goes or with which status it ends, and why. */
const GROUPS: readonly (readonly [why: string, names: string])[] = [
  [
    "what httpd runs as, and where its own files are",
    "acceptfilter asyncrequestworkerfactor chrootdir coredumpdirectory defaultruntimedir " +
      "gracefulshutdowntimeout group listen listenbacklog listencoresbucketsratio listentcpdeferaccept " +
      "loadfile maxclients maxconnectionsperchild maxmemfree maxrequestsperchild maxrequestworkers " +
      "maxspareservers maxsparethreads minspareservers minsparethreads mutex namevirtualhost pidfile port " +
      "protocol rlimitcpu rlimitmem rlimitnproc scoreboardfile serverlimit serverroot startservers " +
      "startthreads staticmodules suexec suexecusergroup threadlimit threadsperchild threadstacksize user " +
      "watchdoginterval",
  ],
  [
    "done while the file is read; what it brings stands in its place",
    "cachefile define error include includeoptional macroignorebadnesting macroignoreemptyargs mmapfile " +
      "undef undefine undefmacro unloadmodule use warning",
  ],
  [
    "logs and status pages",
    "addmoduleinfo bufferedlogs customlog dumpioinput dumpiooutput errorlog errorlogformat extendedstatus " +
      "filtertrace forensiclog globallog hostnamelookups identitycheck identitychecktimeout logformat " +
      "logiotrackttfb loglevel proxystatus scriptlog scriptlogbuffer scriptloglength seerequesttail ssllog " +
      "sslloglevel transferlog",
  ],
  [
    "names of the server that are read with the virtual hosts",
    "serveradmin serveralias servername serversignature servertokens",
  ],
  [
    "how long, how fast and on which connection, not where a request goes",
    "buffersize flushmaxpipelined flushmaxthreshold h2copyfiles h2direct h2earlyhint h2earlyhints " +
      "h2maxdataframelen h2maxheaderblocklen h2maxsessionstreams h2maxstreamerrors h2maxworkeridleseconds " +
      "h2maxworkers h2minworkers h2moderntlsonly h2outputbuffering h2padding h2push h2pushdiarysize " +
      "h2pushpriority h2pushresource h2serializeheaders h2sessionextrafiles h2streammaxmemsize " +
      "h2streamtimeout h2tlscooldownsecs h2tlswarmupsize h2upgrade h2windowsize keepalive keepalivetimeout " +
      "keptbodysize maxkeepaliverequests protocols protocolshonororder readbuffersize receivebuffersize " +
      "requestreadtimeout sendbuffersize timeout",
  ],
  [
    "balancers and their members, which the model reads",
    "balancergrowth balancerinherit balancermember balancerpersist heartbeataddress heartbeatlisten " +
      "heartbeatmaxservers heartbeatstorage proxyhcexpr proxyhctemplate proxyhctpsize proxyset",
  ],
  [
    "how a backend is spoken to",
    "proxy100continue proxyaddheaders proxybadheader proxyfcgibackendtype proxyfcgisetenvif " +
      "proxyftpdircharset proxyftpescapewildcards proxyftplistonwildcard proxyiobuffersize " +
      "proxypreservehost proxyreceivebuffersize proxyscgisendfile proxysourceaddress proxytimeout proxyvia",
  ],
  [
    "changes answers on their way back, not which one it is",
    "addcharset adddefaultcharset addencoding addinputfilter addlanguage addoutputfilter " +
      "addoutputfilterbytype addtype aliaspreservepath brotlialteretag brotlicompressionmaxinputblock " +
      "brotlicompressionquality brotlicompressionwindow brotlifilternote casefilter casefilterin " +
      "charsetdefault charsetoptions charsetsourceenc contentdigest cookiedomain cookieexpires " +
      "cookiehttponly cookiename cookiesamesite cookiesecure cookiestyle cookietracking defaultlanguage " +
      "defaulttype deflatealteretag deflatebuffersize deflatecompressionlevel deflatefilternote " +
      "deflatememlevel deflatewindowsize expiresactive expiresbytype expiresdefault fileetag filterchain " +
      "filterdeclare filterprotocol filterprovider forcelanguagepriority forcetype header inputsed " +
      "languagepriority maxrangeoverlaps maxrangereversals maxranges mergetrailers mimemagicfile " +
      "modmimeusepathinfo outputsed proxyhtmlbufsize proxyhtmlcharsetout proxyhtmldoctype proxyhtmlenable " +
      "proxyhtmlevents proxyhtmlextended proxyhtmlfixups proxyhtmlinterp proxyhtmllinks proxyhtmlmeta " +
      "proxyhtmlstripcomments proxyhtmlurlmap proxypassreverse proxypassreversecookiedomain " +
      "proxypassreversecookiepath qualifyredirecturl redirectrelative reflectorheader removecharset " +
      "removeencoding removeinputfilter removelanguage removeoutputfilter removetype setinputfilter " +
      "setoutputfilter substitute substituteinheritbefore substitutemaxlinelength typesconfig xml2encalias " +
      "xml2encdefault xml2startparse",
  ],
  [
    "what a file or a folder that is there looks like; where one could be, the line that says so is named",
    "acceptpathinfo accessfilename addalt addaltbyencoding addaltbytype adddescription addicon " +
      "addiconbyencoding addiconbytype cachenegotiateddocs cgidscripttimeout cgipassauth cgiscripttimeout " +
      "cgivar checkbasenamematch checkcaseonly defaulticon directorycheckhandler directoryindex " +
      "directoryindexredirect directoryslash enablemmap enablesendfile fancyindexing headername imapbase " +
      "imapdefault imapmenu indexheadinsert indexignore indexignorereset indexoptions indexorderdefault " +
      "indexstylesheet metadir metafiles metasuffix multiviewsmatch readmename removehandler scriptsock " +
      "ssiendtag ssierrormsg ssietag ssilastmodified ssilegacyexprparser ssistarttag ssitimeformat " +
      "ssiundefinedecho virtualdocumentroot virtualdocumentrootip virtualscriptalias virtualscriptaliasip " +
      "xbithack",
  ],
  [
    "who a user is: asked only of a request that says so, of which no answer is certain",
    "anonymous anonymous_logemail anonymous_mustgiveemail anonymous_nouserid anonymous_verifyemail " +
      "authbasicauthoritative authbasicfake authbasicprovider authbasicusedigestalgorithm " +
      "authdbduserpwquery authdbduserrealmquery authdbmgroupfile authdbmtype authdbmuserfile " +
      "authdigestalgorithm authdigestdomain authdigestnccheck authdigestnoncelifetime authdigestprovider " +
      "authdigestqop authdigestshmemsize authgroupfile authldapauthorizeprefix authldapbindauthoritative " +
      "authldapbinddn authldapbindpassword authldapcharsetconfig authldapcompareasuser " +
      "authldapcomparednonserver authldapdereferencealiases authldapgroupattribute " +
      "authldapgroupattributeisdn authldapinitialbindasuser authldapinitialbindpattern " +
      "authldapmaxsubgroupdepth authldapremoteuserattribute authldapremoteuserisdn authldapsearchasuser " +
      "authldapsubgroupattribute authldapsubgroupclass authldapurl authncachecontext authncacheenable " +
      "authncacheprovidefor authncachesocache authncachetimeout authnzfcgicheckauthnprovider " +
      "authnzfcgidefineprovider authuserfile authzdbdlogintoreferer authzdbdquery authzdbdredirectquery " +
      "authzdbmtype ldapcacheentries ldapcachettl ldapconnectionpoolttl ldapconnectiontimeout " +
      "ldaplibrarydebug ldapopcacheentries ldapopcachettl ldapreferralhoplimit ldapreferrals ldapretries " +
      "ldapretrydelay ldapsharedcachefile ldapsharedcachesize ldaptimeout ldaptrustedclientcert " +
      "ldaptrustedglobalcert ldaptrustedmode ldapverifyservercert",
  ],
  [
    "a store for what another directive keeps, which is named where it decides",
    "cachedefaultexpire cachedetailheader cachedirlength cachedirlevels cachedisable cacheheader " +
      "cacheignorecachecontrol cacheignoreheaders cacheignorenolastmod cacheignorequerystring " +
      "cacheignoreurlsessionidentifiers cachekeybaseurl cachelastmodifiedfactor cachelock cachelockmaxage " +
      "cachelockpath cachemaxexpire cachemaxfilesize cacheminexpire cacheminfilesize cachequickhandler " +
      "cachereadsize cachereadtime cacheroot cachesocache cachesocachemaxsize cachesocachemaxtime " +
      "cachesocachemintime cachesocachereadsize cachesocachereadtime cachestaleonerror cachestoreexpired " +
      "cachestorenostore cachestoreprivate davbasepath davdepthinfinity davgenericlockdb davlockdb " +
      "davlockdiscovery davmintimeout dbdriver dbdexptime dbdinitsql dbdkeep dbdmax dbdmin dbdparams dbdpersist " +
      "dbdpreparesql memcacheconnttl redisconnpoolttl redistimeout rewritemap sessioncryptocipher " +
      "sessioncryptodriver sessioncryptopassphrase sessioncryptopassphrasefile",
  ],
  [
    "certificates, ciphers and how they are checked, before there is a request",
    "mdactivationdelay mdbaseserver mdcacertificatefile mdcachallenges mdcertificateagreement " +
      "mdcertificateauthority mdcertificatecheck mdcertificatefile mdcertificatekeyfile " +
      "mdcertificateprotocol mdcertificatestatus mdchallengedns01 mdchallengedns01version mdcheckinterval " +
      "mdcontactemail mddrivemode mdexternalaccountbinding mdhttpproxy mdhttpproxycacertificatefile " +
      "mdinitialdelay mdmatchnames mdmember mdmembers mdmessagecmd mdmuststaple mdnotifycmd mdportmap " +
      "mdprivatekeys mdprofile mdprofilemandatory mdrenewmode mdrenewviaari mdrenewwindow mdretrydelay " +
      "mdretryfailover mdserverstatus mdstapleothers mdstapling mdstaplingkeepresponse " +
      "mdstaplingrenewwindow mdstoredir mdstorelocks mdwarnwindow sslcacertificatefile sslcacertificatepath " +
      "sslcadnrequestfile sslcadnrequestpath sslcarevocationcheck sslcarevocationfile sslcarevocationpath " +
      "sslcertificatechainfile sslcertificatefile sslcertificatekeyfile sslciphersuite sslcompression " +
      "sslcryptodevice sslfips sslhonorcipherorder sslinsecurerenegotiation sslocspdefaultresponder " +
      "sslocspenable sslocspnoverify sslocspoverrideresponder sslocspproxyurl " +
      "sslocsprespondercertificatefile sslocsprespondertimeout sslocspresponsemaxage " +
      "sslocspresponsetimeskew sslocspuserequestnonce sslopensslconfcmd ssloptions sslpassphrasedialog " +
      "sslprotocol sslproxycacertificatefile sslproxycacertificatepath sslproxycarevocationcheck " +
      "sslproxycarevocationfile sslproxycarevocationpath sslproxycheckpeercn sslproxycheckpeerexpire " +
      "sslproxycheckpeername sslproxyciphersuite sslproxyengine sslproxymachinecertificatechainfile " +
      "sslproxymachinecertificatefile sslproxymachinecertificatepath sslproxyprotocol sslproxyverify " +
      "sslproxyverifydepth sslrandomseed sslrenegbuffersize sslsessioncache sslsessioncachetimeout " +
      "sslsessionticketkeyfile sslsessiontickets sslsrpunknownuserseed sslsrpverifierfile sslstaplingcache " +
      "sslstaplingerrorcachetimeout sslstaplingfaketrylater sslstaplingforceurl sslstaplingrespondertimeout " +
      "sslstaplingresponsemaxage sslstaplingresponsetimeskew sslstaplingreturnrespondererrors " +
      "sslstaplingstandardcachetimeout sslusestapling sslverifydepth",
  ],
  ["inherited with the mounts by a host, whatever it says (measured)", "proxypassinherit"],
  ["only a physical port of names that a host is called by", "usecanonicalphysicalport"],
];

const IRRELEVANT: ReadonlyMap<string, string> = new Map(
  GROUPS.flatMap(([why, names]) => names.split(" ").map((name) => [name, why] as const)),
);

/**
 * True for a directive that neither model nor rehearsal has to know to say where a request goes.
 *
 * @param name - in lower case
 * @param word - its first argument
 */
export function isIrrelevant(name: string, word = ""): boolean {
  if (name === "loadmodule") return MODULE_TABLES.has(word);
  return whyIrrelevant(name) !== undefined;
}

/** Why a directive decides about no request; undefined for one that may. */
export function whyIrrelevant(name: string): string | undefined {
  return IRRELEVANT.get(name);
}
