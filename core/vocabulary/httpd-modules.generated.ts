/**
 * Modules and directives of httpd 2.4.71 (Debian), read from the command tables of its own binaries.
 *
 * One line a directive: name, bits of the places it may stand in, how its arguments are cut, help text. Made by
 * `npm run gen:modules`, with the paths of the program and of the folder of modules where they are not Debian's.
 */
export const HTTPD_MODULES = [
  {
    symbol: "core_module",
    source: "core.c",
    file: undefined,
    directives: `<Directory 128 RAW_ARGS Container for directives affecting resources located in the specified directories
<Location 128 RAW_ARGS Container for directives affecting resources accessed through the specified URL paths
<VirtualHost 128 RAW_ARGS Container to map directives to a particular virtual host, takes one or more host addresses
<Files 31 RAW_ARGS Container for directives affecting files matching specified patterns
<Limit 9 RAW_ARGS Container for authentication directives when accessed using specified HTTP methods
<LimitExcept 9 RAW_ARGS Container for authentication directives to be applied when any HTTP method other than those specified is used to access the resource
<IfModule 287 RAW_ARGS Container for directives based on existence of specified modules
<IfDefine 287 RAW_ARGS Container for directives based on existence of command line defines
<IfFile 287 RAW_ARGS Container for directives based on existence of files on disk
<IfDirective 287 RAW_ARGS Container for directives based on existence of named directive
<IfSection 287 RAW_ARGS Container for directives based on existence of named section
<DirectoryMatch 128 RAW_ARGS Container for directives affecting resources located in the specified directories
<LocationMatch 128 RAW_ARGS Container for directives affecting resources accessed through the specified URL paths
<FilesMatch 31 RAW_ARGS Container for directives affecting files matching specified patterns
AddDefaultCharset 4 TAKE1 The name of the default charset to add to any Content-Type without one or 'Off' to disable
AcceptPathInfo 4 TAKE1 Set to on or off for PATH_INFO to be accepted by handlers, or default for the per-handler preference
Define 448 TAKE12 Define a variable, optionally to a value.  Same as passing -D to the command line.
UnDefine 448 TAKE1 Undefine the existence of a variable. Undo a Define.
Error 31 RAW_ARGS Generate error message from within configuration
<If 31 RAW_ARGS Container for directives to be conditionally applied
<ElseIf 31 RAW_ARGS Container for directives to be conditionally applied
<Else 31 RAW_ARGS Container for directives to be conditionally applied
AccessFileName 128 RAW_ARGS Name(s) of per-directory config files (default: .htaccess)
DocumentRoot 128 TAKE1 Root directory of the document tree
ErrorDocument 4 TAKE2 Change responses for HTTP errors
AllowOverride 64 RAW_ARGS Controls what groups of directives can be configured by per-directory config files
AllowOverrideList 64 TAKE_ARGV Controls what individual directives can be configured by per-directory config files
Options 2 RAW_ARGS Set a number of attributes for a given directory
DefaultType 4 TAKE1 the default media type for otherwise untyped files (DEPRECATED)
FileETag 4 RAW_ARGS Specify components used to construct a file's ETag
EnableMMAP 4 TAKE1 Controls whether memory-mapping may be used to read files
EnableSendfile 4 TAKE1 Controls whether sendfile may be used to transmit files
ReadBufferSize 192 TAKE1 Size (in bytes) of the memory buffers used to read data
FlushMaxThreshold 128 TAKE1 Maximum threshold above which pending data are flushed to the network
FlushMaxPipelined 128 TAKE1 Maximum number of pipelined responses (pending) above which they are flushed to the network
Protocol 128 TAKE1 Set the Protocol for httpd to use.
AcceptFilter 128 TAKE2 Set the Accept Filter to use for a protocol
Port 128 TAKE1 Port was replaced with Listen in Apache 2.0
HostnameLookups 192 TAKE1 "on" to enable, "off" to disable reverse DNS lookups, or "double" to enable double-reverse DNS lookups
ServerAdmin 128 TAKE1 The email address of the server administrator
ServerName 128 TAKE1 The hostname and port of the server
ServerSignature 31 TAKE1 En-/disable server signature (on|off|email)
ServerRoot 384 TAKE1 Common directory of server-related files (logs, confs, etc.)
DefaultRuntimeDir 384 TAKE1 Common directory for run-time files (shared memory, locks, etc.)
ErrorLog 128 TAKE1 The filename of the error log
ErrorLogFormat 128 TAKE12 Format string for the ErrorLog
ServerAlias 128 RAW_ARGS A name or names alternately used to access the server
ServerPath 128 TAKE1 The pathname the server can be reached at
Timeout 128 TAKE1 Timeout duration (sec)
ContentDigest 2 FLAG whether or not to send a Content-MD5 header with each request
UseCanonicalName 192 TAKE1 How to work out the ServerName : Port when constructing URLs
UseCanonicalPhysicalPort 192 TAKE1 Whether to use the physical Port when constructing URLs
Include 448 TAKE1 Name(s) of the config file(s) to be included; fails if the wildcard does not match at least one file
IncludeOptional 448 TAKE1 Name or pattern of the config file(s) to be included; ignored if the file does not exist or the pattern does not match any files
LogLevel 192 ITERATE Level of verbosity in error logging
NameVirtualHost 128 TAKE1 A numeric IP address:port, or the name of a host
ServerTokens 128 TAKE1 Determine tokens displayed in the Server: header - Min(imal), Major, Minor, Prod(uctOnly), OS, or Full
LimitRequestLine 128 TAKE1 Limit on maximum size of an HTTP request line
LimitRequestFieldsize 128 TAKE1 Limit on maximum size of an HTTP request header field
LimitRequestFields 128 TAKE1 Limit (0 = unlimited) on max number of header fields in a request message
LimitRequestBody 31 TAKE1 Limit (in bytes) on maximum size of request message body
LimitXMLRequestBody 31 TAKE1 Limit (in bytes) on maximum size of an XML-based request body
Mutex 128 RAW_ARGS mutex (or "default") and mechanism
MaxRanges 192 TAKE1 Maximum number of Ranges in a request before returning the entire resource, or 0 for unlimited
MaxRangeOverlaps 192 TAKE1 Maximum number of overlaps in Ranges in a request before returning the entire resource, or 0 for unlimited
MaxRangeReversals 192 TAKE1 Maximum number of reversals in Ranges in a request before returning the entire resource, or 0 for unlimited
RLimitCPU 31 TAKE12 Soft/hard limits for max CPU usage in seconds
RLimitMEM 31 TAKE12 Soft/hard limits for max memory usage per process
RLimitNPROC 31 TAKE12 soft/hard limits for max number of processes per uid
RegexDefaultOptions 128 RAW_ARGS default options for regexes (prefixed by '+' to add, '-' to del)
LimitInternalRecursion 128 TAKE12 maximum recursion depth of internal redirects and subrequests
CGIPassAuth 8 FLAG Controls whether HTTP authorization headers, normally hidden, will be passed to scripts
CGIVar 4 TAKE2 Controls how some CGI variables are set
QualifyRedirectURL 4 FLAG Controls whether the REDIRECT_URL environment variable is fully qualified
StrictHostCheck 128 FLAG Controls whether a hostname match is required
ForceType 4 TAKE1 a mime type that overrides other configured type
SetHandler 4 TAKE1 a handler name that overrides any other configured handler
SetOutputFilter 4 TAKE1 filter (or ; delimited list of filters) to be run on the request content
SetInputFilter 4 TAKE1 filter (or ; delimited list of filters) to be run on the request body
AllowEncodedSlashes 128 TAKE1 Allow URLs containing '/' encoded as '%2F'
ScoreBoardFile 128 TAKE1 A file for Apache to maintain runtime process management information
ExtendedStatus 128 FLAG "On" to track extended status information, "Off" to disable
SeeRequestTail 128 FLAG For extended status, "On" to see the last 63 chars of the request line, "Off" (default) to see the first 63
PidFile 128 TAKE1 A file for logging the server process ID
MaxRequestsPerChild 128 TAKE1 Maximum number of connections a particular child serves before dying. (DEPRECATED, use MaxConnectionsPerChild)
MaxConnectionsPerChild 128 TAKE1 Maximum number of connections a particular child serves before dying.
CoreDumpDirectory 128 TAKE1 The location of the directory Apache changes to before dumping core
MaxMemFree 128 TAKE1 Maximum number of 1k blocks a particular child's allocator may hold.
ThreadStackSize 128 TAKE1 Size in bytes of stack used by threads handling client connections
TraceEnable 128 TAKE1 'on' (default), 'off' or 'extended' to trace request body content
MergeTrailers 128 FLAG merge request trailers into request headers or not
Protocols 128 ITERATE Controls which protocols are allowed
ProtocolsHonorOrder 128 TAKE1 'off' (default) or 'on' to respect given order of protocols, by default the client specified order determines selection
HttpProtocolOptions 128 ITERATE 'Allow0.9' or 'Require1.0' (default); 'RegisteredMethods' or 'LenientMethods' (default); 'Unsafe' or 'Strict' (default). Sets HTTP acceptance rules
RegisterHttpMethod 128 ITERATE Registers non-standard HTTP methods
MergeSlashes 128 FLAG Controls whether consecutive slashes in the URI path are merged`,
  },
  {
    symbol: "http_module",
    source: "http_core.c",
    file: undefined,
    directives: `KeepAliveTimeout 128 TAKE1 Keep-Alive timeout duration (sec)
MaxKeepAliveRequests 128 TAKE1 Maximum number of Keep-Alive requests per connection, or 0 for infinite
KeepAlive 128 FLAG Whether persistent connections should be On or Off`,
  },
  {
    symbol: "log_config_module",
    source: "mod_log_config.c",
    file: undefined,
    directives: `CustomLog 128 TAKE23 a file name, a custom log format string or format name, and an optional "env=" or "expr=" clause (see docs)
GlobalLog 128 TAKE23 Same as CustomLog, but forces virtualhosts to inherit the log
TransferLog 128 TAKE1 the filename of the access log
LogFormat 128 TAKE12 a log format string (see docs) and an optional format name
BufferedLogs 128 FLAG Enable Buffered Logging (experimental)`,
  },
  {
    symbol: "logio_module",
    source: "mod_logio.c",
    file: undefined,
    directives: `LogIOTrackTTFB 31 FLAG Set to 'ON' to enable tracking time to first byte`,
  },
  {
    symbol: "so_module",
    source: "mod_so.c",
    file: undefined,
    directives: `LoadModule 384 TAKE2 a module name and the name of a shared object file to load it from
LoadFile 384 ITERATE shared object file or library to load into the server at runtime`,
  },
  {
    symbol: "unixd_module",
    source: "mod_unixd.c",
    file: undefined,
    directives: `User 128 TAKE1 Effective user id for this server
Group 128 TAKE1 Effective group id for this server
ChrootDir 128 TAKE1 The directory to chroot(2) into
Suexec 128 FLAG Enable or disable suEXEC support`,
  },
  {
    symbol: "version_module",
    source: "mod_version.c",
    file: undefined,
    directives: `<IfVersion 287 TAKE123 a comparison operator, a version (and a delimiter)`,
  },
  {
    symbol: "watchdog_module",
    source: "mod_watchdog.c",
    file: undefined,
    directives: `WatchdogInterval 128 TAKE1 Watchdog interval in seconds`,
  },
  {
    symbol: "access_compat_module",
    source: "mod_access_compat.c",
    file: "mod_access_compat.so",
    directives: `order 1 TAKE1 'allow,deny', 'deny,allow', or 'mutual-failure'
allow 1 ITERATE2 'from' followed by hostnames or IP-address wildcards
deny 1 ITERATE2 'from' followed by hostnames or IP-address wildcards
Satisfy 8 TAKE1 access policy if both allow and require used ('all' or 'any')`,
  },
  {
    symbol: "actions_module",
    source: "mod_actions.c",
    file: "mod_actions.so",
    directives: `Action 4 TAKE23 a media type followed by a script name
Script 192 TAKE2 a method followed by a script name`,
  },
  {
    symbol: "alias_module",
    source: "mod_alias.c",
    file: "mod_alias.so",
    directives: `Alias 192 TAKE12 a fakename and a realname, or a realname in a Location
ScriptAlias 192 TAKE12 a fakename and a realname, or a realname in a Location
Redirect 4 TAKE123 an optional status, then document to be redirected and destination URL
AliasMatch 128 TAKE2 a regular expression and a filename
ScriptAliasMatch 128 TAKE2 a regular expression and a filename
RedirectMatch 4 TAKE23 an optional status, then a regular expression and destination URL
RedirectTemp 4 TAKE2 a document to be redirected, then the destination URL
RedirectPermanent 4 TAKE2 a document to be redirected, then the destination URL
RedirectRelative 4 FLAG Set to ON to allow relative redirect targets to be issued as-is
AliasPreservePath 4 FLAG Set to ON to map the full path after the fakename to the realname.`,
  },
  {
    symbol: "allowmethods_module",
    source: "mod_allowmethods.c",
    file: "mod_allowmethods.so",
    directives: `AllowMethods 64 TAKE_ARGV only allow specific methods`,
  },
  {
    symbol: "asis_module",
    source: "mod_asis.c",
    file: "mod_asis.so",
    directives: ``,
  },
  {
    symbol: "auth_basic_module",
    source: "mod_auth_basic.c",
    file: "mod_auth_basic.so",
    directives: `AuthBasicProvider 8 ITERATE specify the auth providers for a directory or location
AuthBasicAuthoritative 8 FLAG Set to 'Off' to allow access control to be passed along to lower modules if the UserID is not known to this module
AuthBasicFake 8 TAKE12 Fake basic authentication using the given expressions for username and password, 'off' to disable. Password defaults to 'password' if missing.
AuthBasicUseDigestAlgorithm 8 TAKE1 Set to 'MD5' to use the auth provider's authentication check for digest auth, using a hash of 'user:realm:pass'`,
  },
  {
    symbol: "auth_digest_module",
    source: "mod_auth_digest.c",
    file: "mod_auth_digest.so",
    directives: `AuthDigestProvider 8 ITERATE specify the auth providers for a directory or location
AuthDigestQop 8 ITERATE A list of quality-of-protection options
AuthDigestNonceLifetime 8 TAKE1 Maximum lifetime of the server nonce (seconds)
AuthDigestNcCheck 8 FLAG Whether or not to check the nonce-count sent by the client
AuthDigestAlgorithm 8 TAKE1 The algorithm used for the hash calculation
AuthDigestDomain 8 ITERATE A list of URI's which belong to the same protection space as the current URI
AuthDigestShmemSize 128 TAKE1 The amount of shared memory to allocate for keeping track of clients`,
  },
  {
    symbol: "auth_form_module",
    source: "mod_auth_form.c",
    file: "mod_auth_form.so",
    directives: `AuthFormProvider 8 ITERATE specify the auth providers for a directory or location
AuthFormUsername 8 TAKE1 The field of the login form carrying the username
AuthFormPassword 8 TAKE1 The field of the login form carrying the password
AuthFormLocation 8 TAKE1 The field of the login form carrying the URL to redirect on successful login.
AuthFormMethod 8 TAKE1 The field of the login form carrying the original request method.
AuthFormMimetype 8 TAKE1 The field of the login form carrying the original request mimetype.
AuthFormBody 8 TAKE1 The field of the login form carrying the urlencoded original request body.
AuthFormSize 64 TAKE1 Maximum size of body parsed by the form parser
AuthFormLoginRequiredLocation 8 TAKE1 If set, redirect the browser to this URL rather than return 401 Not Authorized.
AuthFormLoginSuccessLocation 8 TAKE1 If set, redirect the browser to this URL when a login processed by the login handler is successful.
AuthFormLogoutLocation 8 TAKE1 The URL of the logout successful page. An attempt to access an URL handled by the handler form-logout-handler will result in an redirect to this page after logout.
AuthFormSitePassphrase 8 TAKE1 If set, use this passphrase to determine whether the user should be authenticated. Bypasses the user authentication check on every website hit, and is useful for high traffic sites.
AuthFormAuthoritative 8 FLAG Set to 'Off' to allow access control to be passed along to lower modules if the UserID is not known to this module
AuthFormFakeBasicAuth 8 FLAG Set to 'On' to pass through authentication to the rest of the server as a basic authentication header.
AuthFormDisableNoStore 8 FLAG Set to 'on' to stop the sending of a Cache-Control no-store header with the login screen. This allows the browser to cache the credentials, but at the risk of it being possible for the login form to be resubmitted and revealed to the backend server through XSS. Use at own risk.`,
  },
  {
    symbol: "authn_anon_module",
    source: "mod_authn_anon.c",
    file: "mod_authn_anon.so",
    directives: `Anonymous 8 ITERATE a space-separated list of user IDs
Anonymous_MustGiveEmail 8 FLAG Limited to 'on' or 'off'
Anonymous_NoUserId 8 FLAG Limited to 'on' or 'off'
Anonymous_VerifyEmail 8 FLAG Limited to 'on' or 'off'
Anonymous_LogEmail 8 FLAG Limited to 'on' or 'off'`,
  },
  {
    symbol: "authn_core_module",
    source: "mod_authn_core.c",
    file: "mod_authn_core.so",
    directives: `AuthType 8 TAKE1 an HTTP authorization type (e.g., "Basic")
AuthName 8 TAKE1 the authentication realm (e.g. "Members Only")
<AuthnProviderAlias 128 RAW_ARGS container for grouping an authentication provider's directives under a provider alias`,
  },
  {
    symbol: "authn_dbd_module",
    source: "mod_authn_dbd.c",
    file: "mod_authn_dbd.so",
    directives: `AuthDBDUserPWQuery 64 TAKE1 Query used to fetch password for user
AuthDBDUserRealmQuery 64 TAKE1 Query used to fetch password for user+realm`,
  },
  {
    symbol: "authn_dbm_module",
    source: "mod_authn_dbm.c",
    file: "mod_authn_dbm.so",
    directives: `AuthDBMUserFile 8 TAKE1 dbm database file containing user IDs and passwords
AuthDBMType 8 TAKE1 what type of DBM file the user file is`,
  },
  {
    symbol: "authn_file_module",
    source: "mod_authn_file.c",
    file: "mod_authn_file.so",
    directives: `AuthUserFile 8 TAKE1 text file containing user IDs and passwords`,
  },
  {
    symbol: "authn_socache_module",
    source: "mod_authn_socache.c",
    file: "mod_authn_socache.so",
    directives: `AuthnCacheSOCache 128 TAKE1 socache provider for authn cache
AuthnCacheEnable 128 RAW_ARGS enable socache configuration in htaccess even if not enabled anywhere else
AuthnCacheProvideFor 8 ITERATE Determine what authn providers to cache for
AuthnCacheTimeout 8 TAKE1 Timeout (secs) for cached credentials
AuthnCacheContext 64 TAKE1 Context for authn cache`,
  },
  {
    symbol: "authnz_fcgi_module",
    source: "mod_authnz_fcgi.c",
    file: "mod_authnz_fcgi.so",
    directives: `AuthnzFcgiDefineProvider 128 TAKE_ARGV Define a FastCGI authn and/or authz provider
AuthnzFcgiCheckAuthnProvider 4 TAKE_ARGV Enable/disable a FastCGI authorizer to handle check_authn phase`,
  },
  {
    symbol: "authnz_ldap_module",
    source: "mod_authnz_ldap.c",
    file: "mod_authnz_ldap.so",
    directives: `AuthLDAPURL 8 TAKE12 URL to define LDAP connection. This should be an RFC 2255 compliant\\nURL of the form ldap://host[:port]/basedn[?attrib[?scope[?filter]]].\\n<ul>\\n<li>Host is the name of the LDAP server. Use a space separated list of hosts \\nto specify redundant servers.\\n<li>Port is optional, and specifies the port to connect to.\\n<li>basedn specifies the base DN to start searches from\\n<li>Attrib specifies what attribute to search for in the directory. If not provided, it defaults to <b>uid</b>.\\n<li>Scope is the scope of the search, and can be either <b>sub</b> or <b>one</b>. If not provided, the default is <b>sub</b>.\\n<li>Filter is a filter to use in the search. If not provided, defaults to <b>(objectClass=*)</b>.\\n</ul>\\nSearches are performed using the attribute and the filter combined. For example, assume that the\\nLDAP URL is <b>ldap://ldap.airius.com/ou=People, o=Airius?uid?sub?(posixid=*)</b>. Searches will\\nbe done using the filter <b>(&((posixid=*))(uid=<i>username</i>))</b>, where <i>username</i>\\nis the user name passed by the HTTP client. The search will be a subtree search on the branch <b>ou=People, o=Airius</b>.
AuthLDAPBindDN 8 TAKE1 DN to use to bind to LDAP server. If not provided, will do an anonymous bind.
AuthLDAPBindPassword 8 TAKE1 Password to use to bind to LDAP server. If not provided, will do an anonymous bind.
AuthLDAPBindAuthoritative 8 FLAG Set to 'on' to return failures when user-specific bind fails - defaults to on.
AuthLDAPRemoteUserIsDN 8 FLAG Set to 'on' to set the REMOTE_USER environment variable to be the full DN of the remote user. By default, this is set to off, meaning that the REMOTE_USER variable will contain whatever value the remote user sent.
AuthLDAPRemoteUserAttribute 8 TAKE1 Override the user supplied username and place the contents of this attribute in the REMOTE_USER environment variable.
AuthLDAPCompareDNOnServer 8 FLAG Set to 'on' to force auth_ldap to do DN compares (for the "require dn" directive) using the server, and set it 'off' to do the compares locally (at the expense of possible false matches). See the documentation for a complete description of this option.
AuthLDAPSubGroupAttribute 8 ITERATE Attribute labels used to define sub-group (or nested group) membership in groups - defaults to member and uniqueMember
AuthLDAPSubGroupClass 8 ITERATE LDAP objectClass values used to identify sub-group instances - defaults to groupOfNames and groupOfUniqueNames
AuthLDAPMaxSubGroupDepth 8 TAKE1 Maximum subgroup nesting depth to be evaluated - defaults to 10 (top-level group = 0)
AuthLDAPGroupAttribute 8 ITERATE A list of attribute labels used to identify the user members of groups - defaults to member and uniquemember
AuthLDAPGroupAttributeIsDN 8 FLAG If set to 'on', auth_ldap uses the DN that is retrieved from the server for subsequent group comparisons. If set to 'off', auth_ldap uses the string provided by the client directly. Defaults to 'on'.
AuthLDAPDereferenceAliases 8 TAKE1 Determines how aliases are handled during a search. Can be one of the values "never", "searching", "finding", or "always". Defaults to always.
AuthLDAPCharsetConfig 128 TAKE1 Character set conversion configuration file. If omitted, character set conversion is disabled.
AuthLDAPAuthorizePrefix 8 TAKE1 The prefix to add to environment variables set during successful authorization, default 'AUTHORIZE_'
AuthLDAPInitialBindAsUser 8 FLAG Set to 'on' to perform the initial DN lookup with the basic auth credentials instead of anonymous or hard-coded credentials
AuthLDAPInitialBindPattern 8 TAKE2 The regex and substitution to determine a username that can bind based on an HTTP basic auth username
AuthLDAPSearchAsUser 8 FLAG Set to 'on' to perform authorization-based searches with the users credentials, when this module has also performed authentication.  Does not affect nested groups lookup.
AuthLDAPCompareAsUser 8 FLAG Set to 'on' to perform authorization-based compares with the users credentials, when this module has also performed authentication.  Does not affect nested groups lookups.`,
  },
  {
    symbol: "authz_core_module",
    source: "mod_authz_core.c",
    file: "mod_authz_core.so",
    directives: `<AuthzProviderAlias 128 RAW_ARGS container for grouping an authorization provider's directives under a provider alias
Require 8 RAW_ARGS specifies authorization directives which one must pass (or not) for a request to suceeed
<RequireAll 8 RAW_ARGS container for grouping authorization directives of which none must fail and at least one must pass for a request to succeed
<RequireAny 8 RAW_ARGS container for grouping authorization directives of which one must pass for a request to succeed
<RequireNone 8 RAW_ARGS container for grouping authorization directives of which none must pass for a request to succeed
AuthMerging 8 TAKE1 controls how a <Directory>, <Location>, or similar directive's authorization directives are combined with those of its predecessor
AuthzSendForbiddenOnFailure 8 FLAG Controls if an authorization failure should result in a '403 FORBIDDEN' response instead of the HTTP-conforming '401 UNAUTHORIZED'`,
  },
  {
    symbol: "authz_dbd_module",
    source: "mod_authz_dbd.c",
    file: "mod_authz_dbd.so",
    directives: `AuthzDBDLoginToReferer 64 FLAG Whether to redirect to referer on successful login
AuthzDBDQuery 64 TAKE1 SQL query for DBD Authz or login
AuthzDBDRedirectQuery 64 TAKE1 SQL query to get per-user redirect URL after login`,
  },
  {
    symbol: "authz_dbm_module",
    source: "mod_authz_dbm.c",
    file: "mod_authz_dbm.so",
    directives: `AuthDBMGroupFile 8 TAKE1 database file containing group names and member user IDs
AuthzDBMType 8 TAKE1 what type of DBM file the group file is`,
  },
  {
    symbol: "authz_groupfile_module",
    source: "mod_authz_groupfile.c",
    file: "mod_authz_groupfile.so",
    directives: `AuthGroupFile 8 TAKE1 text file containing group names and member user IDs`,
  },
  {
    symbol: "authz_host_module",
    source: "mod_authz_host.c",
    file: "mod_authz_host.so",
    directives: ``,
  },
  {
    symbol: "authz_owner_module",
    source: "mod_authz_owner.c",
    file: "mod_authz_owner.so",
    directives: ``,
  },
  {
    symbol: "authz_user_module",
    source: "mod_authz_user.c",
    file: "mod_authz_user.so",
    directives: ``,
  },
  {
    symbol: "autoindex_module",
    source: "mod_autoindex.c",
    file: "mod_autoindex.so",
    directives: `AddIcon 16 ITERATE2 an icon URL followed by one or more filenames
AddIconByType 16 ITERATE2 an icon URL followed by one or more MIME types
AddIconByEncoding 16 ITERATE2 an icon URL followed by one or more content encodings
AddAlt 16 ITERATE2 alternate descriptive text followed by one or more filenames
AddAltByType 16 ITERATE2 alternate descriptive text followed by one or more MIME types
AddAltByEncoding 16 ITERATE2 alternate descriptive text followed by one or more content encodings
IndexOptions 16 TAKE_ARGV one or more index options [+|-][]
IndexOrderDefault 16 TAKE2 {Ascending,Descending} {Name,Size,Description,Date}
IndexIgnore 16 ITERATE one or more file extensions
IndexIgnoreReset 16 FLAG Reset the inherited list of IndexIgnore filenames
AddDescription 16 ITERATE2 Descriptive text followed by one or more filenames
HeaderName 16 TAKE1 a filename
ReadmeName 16 TAKE1 a filename
FancyIndexing 31 RAW_ARGS The FancyIndexing directive is no longer supported. Use IndexOptions FancyIndexing.
DefaultIcon 16 TAKE1 an icon URL
IndexStyleSheet 16 TAKE1 URL to style sheet
IndexHeadInsert 16 TAKE1 String to insert in HTML HEAD section`,
  },
  {
    symbol: "brotli_module",
    source: "mod_brotli.c",
    file: "mod_brotli.so",
    directives: `BrotliFilterNote 128 TAKE12 Set a note to report on compression ratio
BrotliCompressionQuality 128 TAKE1 Compression quality between 0 and 11 (higher quality means slower compression)
BrotliCompressionWindow 128 TAKE1 Sliding window size between 10 and 24 (larger windows can improve compression, but require more memory)
BrotliCompressionMaxInputBlock 128 TAKE1 Maximum input block size between 16 and 24 (larger block sizes require more memory)
BrotliAlterETag 128 TAKE1 Set how mod_brotli should modify ETag response headers: 'AddSuffix' (default), 'NoChange', 'Remove'`,
  },
  {
    symbol: "bucketeer_module",
    source: "mod_bucketeer.c",
    file: "mod_bucketeer.so",
    directives: ``,
  },
  {
    symbol: "buffer_module",
    source: "mod_buffer.c",
    file: "mod_buffer.so",
    directives: `BufferSize 64 TAKE1 Maximum size of the buffer used by the buffer filter`,
  },
  {
    symbol: "cache_disk_module",
    source: "mod_cache_disk.c",
    file: "mod_cache_disk.so",
    directives: `CacheRoot 128 TAKE1 The directory to store cache files
CacheDirLevels 128 TAKE1 The number of levels of subdirectories in the cache
CacheDirLength 128 TAKE1 The number of characters in subdirectory names
CacheMinFileSize 192 TAKE1 The minimum file size to cache a document
CacheMaxFileSize 192 TAKE1 The maximum file size to cache a document
CacheReadSize 192 TAKE1 The maximum quantity of data to attempt to read and cache in one go
CacheReadTime 192 TAKE1 The maximum time taken to attempt to read and cache in go`,
  },
  {
    symbol: "cache_module",
    source: "mod_cache.c",
    file: "mod_cache.so",
    directives: `CacheEnable 192 TAKE12 A cache type and partial URL prefix below which caching is enabled
CacheDisable 192 TAKE1 A partial URL prefix below which caching is disabled
CacheMaxExpire 192 TAKE1 The maximum time in seconds to cache a document
CacheMinExpire 192 TAKE1 The minimum time in seconds to cache a document
CacheDefaultExpire 192 TAKE1 The default time in seconds to cache a document
CacheQuickHandler 128 FLAG Run the cache in the quick handler, default on
CacheIgnoreNoLastMod 192 FLAG Ignore Responses where there is no Last Modified Header
CacheIgnoreCacheControl 128 FLAG Ignore requests from the client for uncached content
CacheStoreExpired 192 FLAG Ignore expiration dates when populating cache, resulting in an If-Modified-Since request to the backend on retrieval
CacheStorePrivate 192 FLAG Ignore 'Cache-Control: private' and store private content
CacheStoreNoStore 192 FLAG Ignore 'Cache-Control: no-store' and store sensitive content
CacheIgnoreHeaders 128 ITERATE A space separated list of headers that should not be stored by the cache
CacheIgnoreQueryString 128 FLAG Ignore query-string when caching
CacheIgnoreURLSessionIdentifiers 128 ITERATE A space separated list of session identifiers that should be ignored for creating the key of the cached entity.
CacheLastModifiedFactor 192 TAKE1 The factor used to estimate Expires date from LastModified date
CacheLock 128 FLAG Enable or disable the thundering herd lock.
CacheLockPath 128 TAKE1 The thundering herd lock path. Defaults to the '/mod_cache-lock' directory in the system temp directory.
CacheLockMaxAge 128 TAKE1 Maximum age of any thundering herd lock.
CacheHeader 192 FLAG Add a X-Cache header to responses. Default is off.
CacheDetailHeader 192 FLAG Add a X-Cache-Detail header to responses. Default is off.
CacheKeyBaseURL 128 TAKE1 Override the base URL of reverse proxied cache keys.
CacheStaleOnError 192 FLAG Serve stale content on 5xx errors if present. Defaults to on.`,
  },
  {
    symbol: "cache_socache_module",
    source: "mod_cache_socache.c",
    file: "mod_cache_socache.so",
    directives: `CacheSocache 128 TAKE1 The shared object cache to store cache files
CacheSocacheMaxTime 192 TAKE1 The maximum cache expiry age to cache a document in seconds
CacheSocacheMinTime 192 TAKE1 The minimum cache expiry age to cache a document in seconds
CacheSocacheMaxSize 192 TAKE1 The maximum cache entry size (headers and body) to cache a document
CacheSocacheReadSize 192 TAKE1 The maximum quantity of data to attempt to read and cache in one go
CacheSocacheReadTime 192 TAKE1 The maximum time taken to attempt to read and cache in go`,
  },
  {
    symbol: "case_filter_in_module",
    source: "mod_case_filter_in.c",
    file: "mod_case_filter_in.so",
    directives: `CaseFilterIn 128 FLAG Run an input case filter on this host`,
  },
  {
    symbol: "case_filter_module",
    source: "mod_case_filter.c",
    file: "mod_case_filter.so",
    directives: `CaseFilter 128 FLAG Run a case filter on this host`,
  },
  {
    symbol: "cern_meta_module",
    source: "mod_cern_meta.c",
    file: "mod_cern_meta.so",
    directives: `MetaFiles 16 FLAG Limited to 'on' or 'off'
MetaDir 16 TAKE1 the name of the directory containing meta files
MetaSuffix 16 TAKE1 the filename suffix for meta files`,
  },
  {
    symbol: "cgi_module",
    source: "mod_cgi.c",
    file: "mod_cgi.so",
    directives: `ScriptLog 128 TAKE1 the name of a log for script debugging info
ScriptLogLength 128 TAKE1 the maximum length (in bytes) of the script debug log
ScriptLogBuffer 128 TAKE1 the maximum size (in bytes) to record of a POST request
CGIScriptTimeout 192 TAKE1 The amount of time to wait between successful reads from the CGI script, in seconds.`,
  },
  {
    symbol: "cgid_module",
    source: "mod_cgid.c",
    file: "mod_cgid.so",
    directives: `ScriptLog 128 TAKE1 the name of a log for script debugging info
ScriptLogLength 128 TAKE1 the maximum length (in bytes) of the script debug log
ScriptLogBuffer 128 TAKE1 the maximum size (in bytes) to record of a POST request
ScriptSock 128 TAKE1 the name of the socket to use for communication with the cgi daemon.
CGIDScriptTimeout 192 TAKE1 The amount of time to wait between successful reads from the CGI script, in seconds.`,
  },
  {
    symbol: "charset_lite_module",
    source: "mod_charset_lite.c",
    file: "mod_charset_lite.so",
    directives: `CharsetSourceEnc 4 TAKE1 source (html,cgi,ssi) file charset
CharsetDefault 4 TAKE1 name of default charset
CharsetOptions 4 ITERATE valid options: ImplicitAdd, NoImplicitAdd, TranslateAllMimeTypes, NoTranslateAllMimeTypes`,
  },
  {
    symbol: "data_module",
    source: "mod_data.c",
    file: "mod_data.so",
    directives: ``,
  },
  {
    symbol: "dav_fs_module",
    source: "mod_dav_fs.c",
    file: "mod_dav_fs.so",
    directives: `DAVLockDB 128 TAKE1 specify a lock database`,
  },
  {
    symbol: "dav_lock_module",
    source: "mod_dav_lock.c",
    file: "mod_dav_lock.so",
    directives: `DAVGenericLockDB 64 TAKE1 specify a lock database`,
  },
  {
    symbol: "dav_module",
    source: "mod_dav.c",
    file: "mod_dav.so",
    directives: `DAV 64 TAKE1 specify the DAV provider for a directory or location
DAVBasePath 64 TAKE1 specify the DAV repository base URL
DAVMinTimeout 192 TAKE1 specify minimum allowed timeout
DAVDepthInfinity 192 FLAG allow Depth infinity PROPFIND requests
DAVLockDiscovery 192 FLAG allow lock discovery by PROPFIND requests`,
  },
  {
    symbol: "dbd_module",
    source: "mod_dbd.c",
    file: "mod_dbd.so",
    directives: `DBDriver 128 TAKE1 SQL Driver
DBDParams 128 TAKE1 SQL Driver Params
DBDPersist 128 FLAG Use persistent connection/pool
DBDPrepareSQL 128 TAKE12 SQL statement to prepare (or nothing, to override statement inherited from main server) and label
DBDInitSQL 128 TAKE1 SQL statement to be executed after connection is created
DBDMin 128 TAKE1 Minimum number of connections
DBDKeep 128 TAKE1 Maximum number of sustained connections
DBDMax 128 TAKE1 Maximum number of connections
DBDExptime 128 TAKE1 Keepalive time for idle connections`,
  },
  {
    symbol: "deflate_module",
    source: "mod_deflate.c",
    file: "mod_deflate.so",
    directives: `DeflateFilterNote 128 TAKE12 Set a note to report on compression ratio
DeflateWindowSize 128 TAKE1 Set the Deflate window size (1-15)
DeflateBufferSize 128 TAKE1 Set the Deflate Buffer Size
DeflateMemLevel 128 TAKE1 Set the Deflate Memory Level (1-9)
DeflateCompressionLevel 128 TAKE1 Set the Deflate Compression Level (1-9)
DeflateInflateLimitRequestBody 31 TAKE1 Set a limit on size of inflated input
DeflateInflateRatioLimit 31 TAKE1 Set the inflate ratio limit above which inflation is aborted (default: 200)
DeflateInflateRatioBurst 31 TAKE1 Set the maximum number of following inflate ratios above limit (default: 3)
DeflateAlterEtag 128 TAKE1 Set how mod_deflate should modify ETAG response headers: 'AddSuffix' (default), 'NoChange' (2.2.x behavior), 'Remove'`,
  },
  {
    symbol: "dialup_module",
    source: "mod_dialup.c",
    file: "mod_dialup.so",
    directives: `ModemStandard 64 TAKE1 Modem Standard to.. simulate. Must be one of: 'V.21', 'V.26bis', 'V.32', 'V.34', or 'V.92'`,
  },
  {
    symbol: "dir_module",
    source: "mod_dir.c",
    file: "mod_dir.so",
    directives: `FallbackResource 16 TAKE1 Set a default handler
DirectoryIndex 16 RAW_ARGS a list of file names
DirectorySlash 16 FLAG On or Off
DirectoryCheckHandler 16 FLAG On or Off
DirectoryIndexRedirect 16 TAKE1 On, Off, or a 3xx status code.`,
  },
  {
    symbol: "dumpio_module",
    source: "mod_dumpio.c",
    file: "mod_dumpio.so",
    directives: `DumpIOInput 128 FLAG Enable I/O Dump on Input Data
DumpIOOutput 128 FLAG Enable I/O Dump on Output Data`,
  },
  {
    symbol: "echo_module",
    source: "mod_echo.c",
    file: "mod_echo.so",
    directives: `ProtocolEcho 128 FLAG Run an echo server on this host`,
  },
  {
    symbol: "env_module",
    source: "mod_env.c",
    file: "mod_env.so",
    directives: `PassEnv 4 ITERATE a list of environment variables to pass to CGI.
SetEnv 4 TAKE12 an environment variable name and optional value to pass to CGI.
UnsetEnv 4 ITERATE a list of variables to remove from the CGI environment.`,
  },
  {
    symbol: "expires_module",
    source: "mod_expires.c",
    file: "mod_expires.so",
    directives: `ExpiresActive 16 FLAG Limited to 'on' or 'off'
ExpiresByType 16 TAKE2 a MIME type followed by an expiry date code
ExpiresDefault 16 TAKE1 an expiry date code`,
  },
  {
    symbol: "ext_filter_module",
    source: "mod_ext_filter.c",
    file: "mod_ext_filter.so",
    directives: `ExtFilterOptions 64 ITERATE valid options: LogStderr, NoLogStderr
ExtFilterDefine 128 RAW_ARGS Define an external filter`,
  },
  {
    symbol: "file_cache_module",
    source: "mod_file_cache.c",
    file: "mod_file_cache.so",
    directives: `cachefile 128 ITERATE A space separated list of files to add to the file handle cache at config time
mmapfile 128 ITERATE A space separated list of files to mmap at config time`,
  },
  {
    symbol: "filter_module",
    source: "mod_filter.c",
    file: "mod_filter.so",
    directives: `FilterDeclare 2 TAKE12 filter-name [filter-type]
FilterProvider 2 TAKE3 filter-name provider-name match-expression
FilterChain 2 ITERATE list of filter names with optional [+-=!@]
FilterTrace 192 TAKE2 filter-name debug-level
AddOutputFilterByType 4 TAKE_ARGV output filter name followed by one or more content-types
FilterProtocol 2 TAKE23 filter-name [provider-name] protocol-args`,
  },
  {
    symbol: "headers_module",
    source: "mod_headers.c",
    file: "mod_headers.so",
    directives: `Header 4 RAW_ARGS an optional condition, an action, header and value followed by optional env clause
RequestHeader 4 RAW_ARGS an action, header and value followed by optional env clause`,
  },
  {
    symbol: "heartbeat_module",
    source: "mod_heartbeat.c",
    file: "mod_heartbeat.so",
    directives: `HeartbeatAddress 128 TAKE1 Address to send heartbeat requests`,
  },
  {
    symbol: "heartmonitor_module",
    source: "mod_heartmonitor.c",
    file: "mod_heartmonitor.so",
    directives: `HeartbeatListen 128 TAKE1 Address to listen for heartbeat requests
HeartbeatStorage 128 TAKE1 Path to store heartbeat data.
HeartbeatMaxServers 128 TAKE1 Max number of servers when using slotmem (instead file) to store heartbeat data.`,
  },
  {
    symbol: "http2_module",
    source: "mod_http2.c",
    file: "mod_http2.so",
    directives: `H2MaxSessionStreams 128 TAKE1 maximum number of open streams per session
H2WindowSize 128 TAKE1 window size on client DATA
H2MinWorkers 128 TAKE1 minimum number of worker threads per child
H2MaxWorkers 128 TAKE1 maximum number of worker threads per child
H2MaxWorkerIdleSeconds 128 TAKE1 maximum number of idle seconds before a worker shuts down
H2StreamMaxMemSize 128 TAKE1 maximum number of bytes buffered in memory for a stream
H2SerializeHeaders 128 TAKE1 disabled, this directive has no longer an effect.
H2ModernTLSOnly 128 TAKE1 off to not impose RFC 7540 restrictions on TLS
H2Upgrade 136 TAKE1 on to allow HTTP/1 Upgrades to h2/h2c
H2Direct 128 TAKE1 on to enable direct HTTP/2 mode
H2SessionExtraFiles 128 TAKE1 number of extra file a session might keep open (obsolete)
H2TLSWarmUpSize 128 TAKE1 number of bytes on TLS connection before doing max writes
H2TLSCoolDownSecs 128 TAKE1 seconds of idle time on TLS before shrinking writes
H2Push 136 TAKE1 off to disable HTTP/2 server push
H2PushPriority 128 TAKE23 define priority of PUSHed resources per content type
H2PushDiarySize 128 TAKE1 size of push diary
H2CopyFiles 4 TAKE1 on to perform copy of file data
H2PushResource 12 TAKE123 add a resource to be pushed in this location/on this server.
H2EarlyHints 128 TAKE1 on to enable interim status 103 responses
H2Padding 128 TAKE1 set payload padding
H2OutputBuffering 128 TAKE1 set stream output buffer on/off
H2StreamTimeout 128 TAKE1 set stream timeout
H2MaxDataFrameLen 128 TAKE1 maximum number of bytes in a single HTTP/2 DATA frame
H2MaxHeaderBlockLen 128 TAKE1 maximum number of bytes in a response header block
H2MaxStreamErrors 128 TAKE1 maximum number of flow control errors tolerated
H2EarlyHint 12 TAKE2 add a a 'Link:' header for a 103 Early Hints response.
H2ProxyRequests 4 TAKE1 Enables forward proxy requests via HTTP/2
H2WebSockets 128 TAKE1 off to disable WebSockets over HTTP/2`,
  },
  {
    symbol: "ident_module",
    source: "mod_ident.c",
    file: "mod_ident.so",
    directives: `IdentityCheck 192 FLAG Enable identd (RFC 1413) user lookups - SLOW
IdentityCheckTimeout 192 TAKE1 Identity check (RFC 1413) timeout duration (sec)`,
  },
  {
    symbol: "imagemap_module",
    source: "mod_imagemap.c",
    file: "mod_imagemap.so",
    directives: `ImapMenu 16 TAKE1 the type of menu generated: none, formatted, semiformatted, unformatted
ImapDefault 16 TAKE1 the action taken if no match: error, nocontent, referer, menu, URL
ImapBase 16 TAKE1 the base for all URL's: map, referer, URL (or start of)`,
  },
  {
    symbol: "include_module",
    source: "mod_include.c",
    file: "mod_include.so",
    directives: `XBitHack 2 TAKE1 Off, On, or Full
SSIErrorMsg 31 TAKE1 a string
SSITimeFormat 31 TAKE1 a strftime(3) formatted string
SSIStartTag 128 TAKE1 SSI Start String Tag
SSIEndTag 128 TAKE1 SSI End String Tag
SSIUndefinedEcho 31 TAKE1 String to be displayed if an echoed variable is undefined
SSILegacyExprParser 1 FLAG Whether to use the legacy expression parser compatible with <= 2.2.x. Limited to 'on' or 'off'
SSILastModified 1 FLAG Whether to set the last modified header or respect an existing header. Limited to 'on' or 'off'
SSIEtag 1 FLAG Whether to allow the generation of ETags within the server. Existing ETags will be preserved. Limited to 'on' or 'off'`,
  },
  {
    symbol: "info_module",
    source: "mod_info.c",
    file: "mod_info.so",
    directives: `AddModuleInfo 128 TAKE2 a module name and additional information on that module`,
  },
  {
    symbol: "lbmethod_bybusyness_module",
    source: "mod_lbmethod_bybusyness.c",
    file: "mod_lbmethod_bybusyness.so",
    directives: ``,
  },
  {
    symbol: "lbmethod_byrequests_module",
    source: "mod_lbmethod_byrequests.c",
    file: "mod_lbmethod_byrequests.so",
    directives: ``,
  },
  {
    symbol: "lbmethod_bytraffic_module",
    source: "mod_lbmethod_bytraffic.c",
    file: "mod_lbmethod_bytraffic.so",
    directives: ``,
  },
  {
    symbol: "lbmethod_heartbeat_module",
    source: "mod_lbmethod_heartbeat.c",
    file: "mod_lbmethod_heartbeat.so",
    directives: `HeartbeatStorage 128 TAKE1 Path to read heartbeat data.`,
  },
  {
    symbol: "ldap_module",
    source: "util_ldap.c",
    file: "mod_ldap.so",
    directives: `LDAPSharedCacheSize 128 TAKE1 Set the size of the shared memory cache (in bytes). Use 0 to disable the shared memory cache. (default: 500000)
LDAPSharedCacheFile 128 TAKE1 Set the file name for the shared memory cache.
LDAPCacheEntries 128 TAKE1 Set the maximum number of entries that are possible in the LDAP search cache. Use 0 or -1 to disable the search cache (default: 1024)
LDAPCacheTTL 128 TAKE1 Set the maximum time (in seconds) that an item can be cached in the LDAP search cache. Use 0 for no limit. (default 600)
LDAPOpCacheEntries 128 TAKE1 Set the maximum number of entries that are possible in the LDAP compare cache. Use 0 or -1 to disable the compare cache (default: 1024)
LDAPOpCacheTTL 128 TAKE1 Set the maximum time (in seconds) that an item is cached in the LDAP operation cache. Use 0 for no limit. (default: 600)
LDAPTrustedGlobalCert 128 TAKE23 Takes three arguments; the first argument is the cert type of the second argument, one of CA_DER, CA_BASE64, CA_CERT7_DB, CA_SECMOD, CERT_DER, CERT_BASE64, CERT_KEY3_DB, CERT_NICKNAME, KEY_DER, or KEY_BASE64. The second argument specifes the file and/or directory containing the trusted CA certificates (and global client certs for Netware) used to validate the LDAP server. The third argument is an optional passphrase if applicable.
LDAPTrustedClientCert 8 TAKE23 Takes three arguments: the first argument is the certificate type of the second argument, one of CA_DER, CA_BASE64, CA_CERT7_DB, CA_SECMOD, CERT_DER, CERT_BASE64, CERT_KEY3_DB, CERT_NICKNAME, KEY_DER, or KEY_BASE64. The second argument specifies the file and/or directory containing the client certificate, or certificate ID used to validate this LDAP client.  The third argument is an optional passphrase if applicable.
LDAPTrustedMode 128 TAKE1 Specify the type of security that should be applied to an LDAP connection. One of; NONE, SSL or STARTTLS.
LDAPVerifyServerCert 128 FLAG Set to 'ON' requires that the server certificate be verified before a secure LDAP connection can be establish.  Default 'ON'
LDAPConnectionTimeout 128 TAKE1 Specify the LDAP socket connection timeout in seconds (default: 10)
LDAPReferrals 8 TAKE1 Choose whether referrals are chased ['ON'|'OFF'|'DEFAULT'].  Default 'ON'
LDAPReferralHopLimit 8 TAKE1 Limit the number of referral hops that LDAP can follow. (Integer value, Consult LDAP SDK documentation for applicability and defaults
LDAPLibraryDebug 128 TAKE1 Enable debugging in LDAP SDK (Default: off, values: SDK specific
LDAPTimeout 128 TAKE1 Specify the LDAP bind/search timeout in seconds (0 = no limit). Default: 60
LDAPConnectionPoolTTL 128 TAKE1 Specify the maximum amount of time a bound connection can sit idle and still be considered valid for reuse(0 = no pool, -1 = no limit, n = time in seconds). Default: -1
LDAPRetries 128 TAKE1 Specify the number of times a failed LDAP operation should be retried (0 = no retries). Default: 3
LDAPRetryDelay 128 TAKE1 Specify the delay between retries of a failed LDAP operation (0 = no delay). Default: 0`,
  },
  {
    symbol: "log_debug_module",
    source: "mod_log_debug.c",
    file: "mod_log_debug.so",
    directives: `LogMessage 192 TAKE123 Log a debug message to the error log if this config block is used for  a request`,
  },
  {
    symbol: "log_forensic_module",
    source: "mod_log_forensic.c",
    file: "mod_log_forensic.so",
    directives: `ForensicLog 128 TAKE1 the filename of the forensic log`,
  },
  {
    symbol: "lua_module",
    source: "mod_lua.c",
    file: "mod_lua.so",
    directives: `LuaRoot 31 TAKE1 Specify the base path for resolving relative paths for mod_lua directives
LuaPackagePath 31 TAKE1 Add a directory to lua's package.path
LuaPackageCPath 31 TAKE1 Add a directory to lua's package.cpath
LuaAuthzProvider 384 TAKE3 Provide an authorization provider
LuaHookPreTranslateName 31 TAKE2 Provide a hook for the pre_translate name phase of request processing
<LuaHookPreTranslateName 287 RAW_ARGS Provide a hook for the pre_translate name phase of request processing
LuaHookTranslateName 31 TAKE23 Provide a hook for the translate name phase of request processing
<LuaHookTranslateName 287 RAW_ARGS Provide a hook for the translate name phase of request processing
LuaHookFixups 31 TAKE2 Provide a hook for the fixups phase of request processing
<LuaHookFixups 287 RAW_ARGS Provide a inline hook for the fixups phase of request processing
LuaHookMapToStorage 31 TAKE2 Provide a hook for the map_to_storage phase of request processing
<LuaHookMapToStorage 287 RAW_ARGS Provide a hook for the map_to_storage phase of request processing
LuaHookCheckUserID 31 TAKE23 Provide a hook for the check_user_id phase of request processing
<LuaHookCheckUserID 287 RAW_ARGS Provide a hook for the check_user_id phase of request processing
LuaHookTypeChecker 31 TAKE2 Provide a hook for the type_checker phase of request processing
<LuaHookTypeChecker 287 RAW_ARGS Provide a hook for the type_checker phase of request processing
LuaHookAccessChecker 31 TAKE23 Provide a hook for the access_checker phase of request processing
<LuaHookAccessChecker 287 RAW_ARGS Provide a hook for the access_checker phase of request processing
LuaHookAuthChecker 31 TAKE23 Provide a hook for the auth_checker phase of request processing
<LuaHookAuthChecker 287 RAW_ARGS Provide a hook for the auth_checker phase of request processing
LuaHookInsertFilter 31 TAKE2 Provide a hook for the insert_filter phase of request processing
LuaHookLog 31 TAKE2 Provide a hook for the logging phase of request processing
LuaScope 31 TAKE123 One of once, request, conn, server -- default is once
LuaInherit 31 TAKE1 Controls how Lua scripts in parent contexts are merged with the current  context: none|parent-last|parent-first (default: parent-first) 
LuaCodeCache 31 TAKE1 Controls the behavior of the in-memory code cache  context: stat|forever|never (default: stat) 
LuaQuickHandler 31 TAKE2 Provide a hook for the quick handler of request processing
<LuaQuickHandler 287 RAW_ARGS Provide a hook for the quick handler of request processing
Lua_____ByteCodeHack 31 RAW_ARGS (internal) Byte code handler
LuaMapHandler 31 TAKE23 Maps a path to a lua handler
LuaOutputFilter 31 TAKE3 Registers a Lua function as an output filter
LuaInputFilter 31 TAKE3 Registers a Lua function as an input filter`,
  },
  {
    symbol: "macro_module",
    source: "mod_macro.c",
    file: "mod_macro.so",
    directives: `<Macro 287 RAW_ARGS Beginning of a macro definition section.
Use 287 RAW_ARGS Use of a macro.
UndefMacro 287 TAKE1 Remove a macro definition.
MacroIgnoreEmptyArgs 287 RAW_ARGS Globally ignore warnings about empty arguments.
MacroIgnoreBadNesting 287 RAW_ARGS Globally ignore warnings about bad nesting.`,
  },
  {
    symbol: "md_module",
    source: "mod_md.c",
    file: "mod_md.so",
    directives: `MDCertificateAuthority 128 TAKE_ARGV URL(s) or known name(s) of CA issuing the certificates
MDCertificateAgreement 128 TAKE1 either 'accepted' or the URL of CA Terms-of-Service agreement you accept
MDCAChallenges 128 TAKE_ARGV A list of challenge types to be used.
MDCertificateProtocol 128 TAKE1 Protocol used to obtain/renew certificates
MDContactEmail 128 TAKE1 Email address used for account registration
MDDriveMode 128 TAKE1 deprecated, older name for MDRenewMode
MDRenewMode 128 TAKE1 Controls how renewal of Managed Domain certificates shall be handled.
MDomain 128 TAKE_ARGV A group of server names with one certificate
<MDomainSet 128 RAW_ARGS Container for a managed domain with common settings and certificate.
<MDomain 128 RAW_ARGS Short form for <MDomainSet> container.
MDMember 128 TAKE_ARGV Define domain name(s) part of the Managed Domain. Use 'auto' or 'manual' to enable/disable auto adding names from virtual hosts.
MDMembers 128 TAKE_ARGV Define domain name(s) part of the Managed Domain. Use 'auto' or 'manual' to enable/disable auto adding names from virtual hosts.
MDMustStaple 128 TAKE1 Enable/Disable the Must-Staple flag for new certificates.
MDPortMap 128 TAKE12 Declare the mapped ports 80 and 443 on the local server. E.g. 80:8000 to indicate that the server port 8000 is reachable as port 80 from the internet. Use 80:- to indicate that port 80 is not reachable from the outside.
MDPrivateKeys 128 TAKE_ARGV set the type and parameters for private key generation
MDHttpProxy 128 TAKE1 URL of a HTTP(S) proxy to use for outgoing connections
MDStoreDir 128 TAKE1 the directory for file system storage of managed domain data.
MDRenewWindow 128 TAKE1 Time length for renewal before certificate expires (defaults to days).
MDRequireHttps 136 TAKE1 Redirect non-secure requests to the https: equivalent.
MDNotifyCmd 128 RAW_ARGS Set the command to run when signup/renew of domain is complete.
MDBaseServer 128 TAKE1 Allow managing of base server outside virtual hosts.
MDChallengeDns01 128 RAW_ARGS Set the command for setup/teardown of dns-01 challenges
MDChallengeDns01Version 128 TAKE1 Set the type of arguments to call \`MDChallengeDns01\` with
MDCertificateFile 128 TAKE1 set the static certificate (chain) file to use for this domain.
MDCertificateKeyFile 128 TAKE1 set the static private key file to use for this domain.
MDServerStatus 128 TAKE1 On to see Managed Domains in server-status.
MDCertificateStatus 128 TAKE1 On to see Managed Domain expose /.httpd/certificate-status.
MDWarnWindow 128 TAKE1 When less time remains for a certificate, send our/log a warning (defaults to days)
MDMessageCmd 128 RAW_ARGS Set the command run when a message about a domain is issued.
MDStapling 128 TAKE1 Enable/Disable OCSP Stapling for this/all Managed Domain(s).
MDStapleOthers 128 TAKE1 Enable/Disable OCSP Stapling for certificates not in Managed Domains.
MDStaplingKeepResponse 128 TAKE1 The amount of time to keep an OCSP response in the store.
MDStaplingRenewWindow 128 TAKE1 Time length for renewal before OCSP responses expire (defaults to days).
MDCertificateCheck 128 TAKE2 Set name and URL pattern for a certificate monitoring site.
MDActivationDelay 128 TAKE1 How long to delay activation of new certificates
MDCACertificateFile 128 TAKE1 Set the CA file to use for connections
MDHttpProxyCACertificateFile 128 TAKE1 Set the CA file to use for connections to the HTTP(S) proxy
MDExternalAccountBinding 128 TAKE12 Set the external account binding keyid and hmac values to use at CA
MDRetryDelay 128 TAKE1 Time length for first retry, doubled on every consecutive error.
MDRetryFailover 128 TAKE1 The number of errors before a failover to another CA is triggered.
MDStoreLocks 128 TAKE1 Configure locking of store for updates.
MDMatchNames 128 TAKE1 Determines how DNS names are matched to vhosts.
MDInitialDelay 128 TAKE1 How long to delay the first certificate check.
MDCheckInterval 128 TAKE1 Time between certificate checks.
MDProfile 128 TAKE1 The name of an CA profile to order certificates for.
MDProfileMandatory 128 TAKE1 Determines if a configured CA profile is mandatory.
MDRenewViaARI 128 TAKE1 Enable/Disable ACME ARI (RFC 9773) to trigger renewals.`,
  },
  {
    symbol: "mime_magic_module",
    source: "mod_mime_magic.c",
    file: "mod_mime_magic.so",
    directives: `MimeMagicFile 128 TAKE1 Path to MIME Magic file (in file(1) format)`,
  },
  {
    symbol: "mime_module",
    source: "mod_mime.c",
    file: "mod_mime.so",
    directives: `AddCharset 4 ITERATE2 a charset (e.g., iso-2022-jp), followed by one or more file extensions
AddEncoding 4 ITERATE2 an encoding (e.g., gzip), followed by one or more file extensions
AddHandler 4 ITERATE2 a handler name followed by one or more file extensions
AddInputFilter 4 ITERATE2 input filter name (or ; delimited names) followed by one or more file extensions
AddLanguage 4 ITERATE2 a language (e.g., fr), followed by one or more file extensions
AddOutputFilter 4 ITERATE2 output filter name (or ; delimited names) followed by one or more file extensions
AddType 4 ITERATE2 a mime type followed by one or more file extensions
DefaultLanguage 4 TAKE1 language to use for documents with no other language file extension
MultiviewsMatch 4 ITERATE NegotiatedOnly (default), Handlers and/or Filters, or Any
RemoveCharset 4 ITERATE one or more file extensions
RemoveEncoding 4 ITERATE one or more file extensions
RemoveHandler 4 ITERATE one or more file extensions
RemoveInputFilter 4 ITERATE one or more file extensions
RemoveLanguage 4 ITERATE one or more file extensions
RemoveOutputFilter 4 ITERATE one or more file extensions
RemoveType 4 ITERATE one or more file extensions
TypesConfig 128 TAKE1 the MIME types config file
ModMimeUsePathInfo 64 FLAG Set to 'yes' to allow mod_mime to use path info for type checking`,
  },
  {
    symbol: "mpm_event_module",
    source: "event.c",
    file: "mod_mpm_event.so",
    directives: `ListenBacklog 128 TAKE1 Maximum length of the queue of pending connections, as used by listen(2)
ListenCoresBucketsRatio 128 TAKE1 Ratio between the number of CPU cores (online) and the number of listeners buckets
Listen 128 TAKE_ARGV A port number or a numeric IP address and a port number, and an optional protocol
SendBufferSize 128 TAKE1 Send buffer size in bytes
ReceiveBufferSize 128 TAKE1 Receive buffer size in bytes
ListenTCPDeferAccept 128 TAKE1 Value set for the socket option TCP_DEFER_ACCEPT if it is set
StartServers 128 TAKE1 Number of child processes launched at server startup
ServerLimit 128 TAKE1 Maximum number of child processes for this run of Apache
MinSpareThreads 128 TAKE1 Minimum number of idle threads, to handle request spikes
MaxSpareThreads 128 TAKE1 Maximum number of idle threads
MaxClients 128 TAKE1 Deprecated name of MaxRequestWorkers
MaxRequestWorkers 128 TAKE1 Maximum number of threads alive at the same time
ThreadsPerChild 128 TAKE1 Number of threads each child creates
ThreadLimit 128 TAKE1 Maximum number of worker threads per child process for this run of Apache - Upper limit for ThreadsPerChild
AsyncRequestWorkerFactor 128 TAKE1 How many additional connects will be accepted per idle worker thread
GracefulShutdownTimeout 128 TAKE1 Maximum time in seconds to wait for child processes to complete transactions during shutdown`,
  },
  {
    symbol: "mpm_prefork_module",
    source: "prefork.c",
    file: "mod_mpm_prefork.so",
    directives: `ListenBacklog 128 TAKE1 Maximum length of the queue of pending connections, as used by listen(2)
ListenCoresBucketsRatio 128 TAKE1 Ratio between the number of CPU cores (online) and the number of listeners buckets
Listen 128 TAKE_ARGV A port number or a numeric IP address and a port number, and an optional protocol
SendBufferSize 128 TAKE1 Send buffer size in bytes
ReceiveBufferSize 128 TAKE1 Receive buffer size in bytes
ListenTCPDeferAccept 128 TAKE1 Value set for the socket option TCP_DEFER_ACCEPT if it is set
StartServers 128 TAKE1 Number of child processes launched at server startup
MinSpareServers 128 TAKE1 Minimum number of idle children, to handle request spikes
MaxSpareServers 128 TAKE1 Maximum number of idle children
MaxClients 128 TAKE1 Deprecated name of MaxRequestWorkers
MaxRequestWorkers 128 TAKE1 Maximum number of children alive at the same time
ServerLimit 128 TAKE1 Maximum value of MaxRequestWorkers for this run of Apache
GracefulShutdownTimeout 128 TAKE1 Maximum time in seconds to wait for child processes to complete transactions during shutdown`,
  },
  {
    symbol: "mpm_worker_module",
    source: "worker.c",
    file: "mod_mpm_worker.so",
    directives: `ListenBacklog 128 TAKE1 Maximum length of the queue of pending connections, as used by listen(2)
ListenCoresBucketsRatio 128 TAKE1 Ratio between the number of CPU cores (online) and the number of listeners buckets
Listen 128 TAKE_ARGV A port number or a numeric IP address and a port number, and an optional protocol
SendBufferSize 128 TAKE1 Send buffer size in bytes
ReceiveBufferSize 128 TAKE1 Receive buffer size in bytes
ListenTCPDeferAccept 128 TAKE1 Value set for the socket option TCP_DEFER_ACCEPT if it is set
StartServers 128 TAKE1 Number of child processes launched at server startup
MinSpareThreads 128 TAKE1 Minimum number of idle threads, to handle request spikes
MaxSpareThreads 128 TAKE1 Maximum number of idle threads
MaxRequestWorkers 128 TAKE1 Maximum number of threads alive at the same time
MaxClients 128 TAKE1 Deprecated name of MaxRequestWorkers
ThreadsPerChild 128 TAKE1 Number of threads each child creates
ServerLimit 128 TAKE1 Maximum number of child processes for this run of Apache
ThreadLimit 128 TAKE1 Maximum number of worker threads per child process for this run of Apache - Upper limit for ThreadsPerChild
GracefulShutdownTimeout 128 TAKE1 Maximum time in seconds to wait for child processes to complete transactions during shutdown`,
  },
  {
    symbol: "negotiation_module",
    source: "mod_negotiation.c",
    file: "mod_negotiation.so",
    directives: `CacheNegotiatedDocs 128 FLAG Either 'on' or 'off' (default)
LanguagePriority 4 ITERATE space-delimited list of MIME language abbreviations
ForceLanguagePriority 4 ITERATE Force LanguagePriority elections, either None, or Fallback and/or Prefer`,
  },
  {
    symbol: "proxy_ajp_module",
    source: "mod_proxy_ajp.c",
    file: "mod_proxy_ajp.so",
    directives: ``,
  },
  {
    symbol: "proxy_balancer_module",
    source: "mod_proxy_balancer.c",
    file: "mod_proxy_balancer.so",
    directives: ``,
  },
  {
    symbol: "proxy_connect_module",
    source: "mod_proxy_connect.c",
    file: "mod_proxy_connect.so",
    directives: `AllowCONNECT 128 ITERATE A list of ports or port ranges which CONNECT may connect to`,
  },
  {
    symbol: "proxy_express_module",
    source: "mod_proxy_express.c",
    file: "mod_proxy_express.so",
    directives: `ProxyExpressEnable 4 FLAG Enable the ProxyExpress functionality
ProxyExpressDBMFile 4 TAKE1 Location of ProxyExpressDBMFile file
ProxyExpressDBMType 4 TAKE1 Type of ProxyExpressDBMFile file`,
  },
  {
    symbol: "proxy_fcgi_module",
    source: "mod_proxy_fcgi.c",
    file: "mod_proxy_fcgi.so",
    directives: `ProxyFCGIBackendType 4 TAKE1 Specify the type of FastCGI server: 'Generic', 'FPM'
ProxyFCGISetEnvIf 4 TAKE23 expr-condition env-name expr-value`,
  },
  {
    symbol: "proxy_fdpass_module",
    source: "mod_proxy_fdpass.c",
    file: "mod_proxy_fdpass.so",
    directives: ``,
  },
  {
    symbol: "proxy_ftp_module",
    source: "mod_proxy_ftp.c",
    file: "mod_proxy_ftp.so",
    directives: `ProxyFtpListOnWildcard 192 FLAG Whether wildcard characters in a path cause mod_proxy_ftp to list the files instead of trying to get them. Defaults to on.
ProxyFtpEscapeWildcards 192 FLAG Whether the proxy should escape wildcards in paths before sending them to the FTP server.  Defaults to on, but most FTP servers will need it turned off if you need to manage paths that contain wildcard characters.
ProxyFtpDirCharset 192 TAKE1 Define the character set for proxied FTP listings`,
  },
  {
    symbol: "proxy_hcheck_module",
    source: "mod_proxy_hcheck.c",
    file: "mod_proxy_hcheck.so",
    directives: `ProxyHCTemplate 4 RAW_ARGS Health check template
ProxyHCExpr 4 RAW_ARGS Define a health check condition ruleset expression
ProxyHCTPsize 128 TAKE1 Set size of health check thread pool`,
  },
  {
    symbol: "proxy_html_module",
    source: "mod_proxy_html.c",
    file: "mod_proxy_html.so",
    directives: `ProxyHTMLEvents 192 ITERATE Strings to be treated as scripting events
ProxyHTMLLinks 192 ITERATE2 Declare HTML Attributes
ProxyHTMLURLMap 192 RAW_ARGS Map URL From To
ProxyHTMLDoctype 192 TAKE12 (HTML|XHTML) [Legacy]
ProxyHTMLFixups 192 ITERATE Options are lowercase, dospath
ProxyHTMLMeta 192 FLAG Fix META http-equiv elements
ProxyHTMLInterp 192 FLAG Support interpolation and conditions in URLMaps
ProxyHTMLExtended 192 FLAG Map URLs in Javascript and CSS
ProxyHTMLStripComments 192 FLAG Strip out comments
ProxyHTMLBufSize 192 TAKE1 Buffer size
ProxyHTMLCharsetOut 192 TAKE1 Usage: ProxyHTMLCharsetOut charset
ProxyHTMLEnable 192 FLAG Enable proxy-html and xml2enc filters`,
  },
  {
    symbol: "proxy_http2_module",
    source: "mod_proxy_http2.c",
    file: "mod_proxy_http2.so",
    directives: ``,
  },
  {
    symbol: "proxy_http_module",
    source: "mod_proxy_http.c",
    file: "mod_proxy_http.so",
    directives: ``,
  },
  {
    symbol: "proxy_module",
    source: "mod_proxy.c",
    file: "mod_proxy.so",
    directives: `<Proxy 128 RAW_ARGS Container for directives affecting resources located in the proxied location
<ProxyMatch 128 RAW_ARGS Container for directives affecting resources located in the proxied location, in regular expression syntax
ProxyRequests 128 FLAG on if the true proxy requests should be accepted
ProxyRemote 128 TAKE23 a scheme, partial URL or '*' and a proxy server
ProxyRemoteMatch 128 TAKE23 a regex pattern and a proxy server
ProxyPassInterpolateEnv 192 FLAG Interpolate Env Vars in reverse Proxy
ProxyPass 192 RAW_ARGS a virtual path and a URL
ProxyPassMatch 192 RAW_ARGS a virtual path and a URL
ProxyPassReverse 192 TAKE123 a virtual path and a URL for reverse proxy behaviour
ProxyPassReverseCookiePath 192 TAKE23 Path rewrite rule for proxying cookies
ProxyPassReverseCookieDomain 192 TAKE23 Domain rewrite rule for proxying cookies
ProxyBlock 128 ITERATE A list of names, hosts or domains to which the proxy will not connect
ProxyReceiveBufferSize 128 TAKE1 Receive buffer size for outgoing HTTP and FTP connections in bytes
ProxyIOBufferSize 128 TAKE1 IO buffer size for outgoing HTTP and FTP connections in bytes
ProxyMaxForwards 128 TAKE1 The maximum number of proxies a request may be forwarded through.
NoProxy 128 ITERATE A list of domains, hosts, or subnets to which the proxy will connect directly
ProxyDomain 128 TAKE1 The default intranet domain name (in absence of a domain in the URL)
ProxyVia 128 TAKE1 Configure Via: proxy header header to one of: on | off | block | full
ProxyErrorOverride 192 ITERATE use our error handling pages instead of the servers' we are proxying
ProxyPreserveHost 192 FLAG on if we should preserve host header while proxying
ProxyTimeout 128 TAKE1 Set the timeout (in seconds) for a proxied connection. This overrides the server timeout
ProxyBadHeader 128 TAKE1 How to handle bad header line in response: IsError | Ignore | StartBody
BalancerMember 192 RAW_ARGS A balancer name and scheme with list of params
BalancerGrowth 128 TAKE1 Number of additional Balancers that can be added post-config
BalancerPersist 128 FLAG on if the balancer should persist changes on reboot/restart made via the Balancer Manager
BalancerInherit 128 FLAG on if this server should inherit Balancers and Workers defined in the main server (Setting to off recommended if using the Balancer Manager)
ProxyPassInherit 128 FLAG on if this server should inherit all ProxyPass directives defined in the main server (Setting to off recommended if using the Balancer Manager)
ProxyStatus 128 TAKE1 Configure Status: proxy status to one of: on | off | full
ProxySet 192 RAW_ARGS A balancer or worker name with list of params
ProxySourceAddress 128 TAKE1 Configure local source IP used for request forward
ProxyAddHeaders 192 FLAG on if X-Forwarded-* headers should be added or completed
Proxy100Continue 192 FLAG on if 100-Continue should be forwarded to the origin server, off if the proxy should handle it by itself`,
  },
  {
    symbol: "proxy_scgi_module",
    source: "mod_proxy_scgi.c",
    file: "mod_proxy_scgi.so",
    directives: `ProxySCGISendfile 192 TAKE1 The name of the X-Sendfile pseudo response header or On or Off
ProxySCGIInternalRedirect 192 TAKE1 The name of the pseudo response header or On or Off`,
  },
  {
    symbol: "proxy_uwsgi_module",
    source: "mod_proxy_uwsgi.c",
    file: "mod_proxy_uwsgi.so",
    directives: ``,
  },
  {
    symbol: "proxy_wstunnel_module",
    source: "mod_proxy_wstunnel.c",
    file: "mod_proxy_wstunnel.so",
    directives: `ProxyWebsocketFallbackToProxyHttp 192 FLAG whether to let mod_proxy_http handle the upgrade and tunneling, On by default`,
  },
  {
    symbol: "ratelimit_module",
    source: "mod_ratelimit.c",
    file: "mod_ratelimit.so",
    directives: ``,
  },
  {
    symbol: "reflector_module",
    source: "mod_reflector.c",
    file: "mod_reflector.so",
    directives: `ReflectorHeader 2 TAKE12 Header to reflect back in the response, with an optional new name.`,
  },
  {
    symbol: "remoteip_module",
    source: "mod_remoteip.c",
    file: "mod_remoteip.so",
    directives: `RemoteIPHeader 128 TAKE1 Specifies a request header to trust as the client IP, e.g. X-Forwarded-For
RemoteIPProxiesHeader 128 TAKE1 Specifies a request header to record proxy IP's, e.g. X-Forwarded-By; if not given then do not record
RemoteIPTrustedProxy 128 ITERATE Specifies one or more proxies which are trusted to present IP headers
RemoteIPInternalProxy 128 ITERATE Specifies one or more internal (transparent) proxies which are trusted to present IP headers
RemoteIPTrustedProxyList 128 TAKE1 The filename to read the list of trusted proxies, see the RemoteIPTrustedProxy directive
RemoteIPInternalProxyList 128 TAKE1 The filename to read the list of internal proxies, see the RemoteIPInternalProxy directive
RemoteIPProxyProtocol 128 FLAG Enable PROXY protocol handling ('on', 'off')
RemoteIPProxyProtocolExceptions 128 TAKE_ARGV Disable PROXY protocol handling for this list of networks in CIDR format`,
  },
  {
    symbol: "reqtimeout_module",
    source: "mod_reqtimeout.c",
    file: "mod_reqtimeout.so",
    directives: `RequestReadTimeout 128 RAW_ARGS Set various timeout parameters for TLS handshake and/or reading request headers and body`,
  },
  {
    symbol: "request_module",
    source: "mod_request.c",
    file: "mod_request.so",
    directives: `KeptBodySize 64 TAKE1 Maximum size of request bodies kept aside for use by filters`,
  },
  {
    symbol: "rewrite_module",
    source: "mod_rewrite.c",
    file: "mod_rewrite.so",
    directives: `RewriteEngine 4 FLAG On or Off to enable or disable (default) the whole rewriting engine
RewriteOptions 4 ITERATE List of option strings to set
RewriteBase 4 TAKE1 the base URL of the per-directory context
RewriteCond 4 RAW_ARGS an input string and a to be applied regexp-pattern
RewriteRule 4 RAW_ARGS an URL-applied regexp-pattern and a substitution URL
RewriteMap 128 TAKE23 a mapname and a filename and options`,
  },
  {
    symbol: "sed_module",
    source: "mod_sed.c",
    file: "mod_sed.so",
    directives: `OutputSed 64 TAKE1 Sed regular expression for Response
InputSed 64 TAKE1 Sed regular expression for Request`,
  },
  {
    symbol: "session_cookie_module",
    source: "mod_session_cookie.c",
    file: "mod_session_cookie.so",
    directives: `SessionCookieName 136 RAW_ARGS The name of the RFC2109 cookie carrying the session
SessionCookieName2 136 RAW_ARGS The name of the RFC2965 cookie carrying the session
SessionCookieRemove 136 FLAG Set to 'On' to remove the session cookie from the headers and hide the cookie from a backend server or process`,
  },
  {
    symbol: "session_crypto_module",
    source: "mod_session_crypto.c",
    file: "mod_session_crypto.so",
    directives: `SessionCryptoPassphrase 136 ITERATE The passphrase(s) used to encrypt the session. First will be used for encryption, all phrases will be accepted for decryption
SessionCryptoPassphraseFile 192 TAKE1 File containing passphrase(s) used to encrypt the session, one per line. First will be used for encryption, all phrases will be accepted for decryption
SessionCryptoCipher 136 TAKE1 The underlying crypto cipher to use
SessionCryptoDriver 128 RAW_ARGS The underlying crypto library driver to use`,
  },
  {
    symbol: "session_dbd_module",
    source: "mod_session_dbd.c",
    file: "mod_session_dbd.so",
    directives: `SessionDBDSelectLabel 136 TAKE1 Query label used to select a new session
SessionDBDInsertLabel 136 TAKE1 Query label used to insert a new session
SessionDBDUpdateLabel 136 TAKE1 Query label used to update an existing session
SessionDBDDeleteLabel 136 TAKE1 Query label used to delete an existing session
SessionDBDPerUser 136 FLAG Save the session per user
SessionDBDCookieRemove 136 FLAG Remove the session cookie after session load. On by default.
SessionDBDCookieName 136 RAW_ARGS The name of the RFC2109 cookie carrying the session key
SessionDBDCookieName2 136 RAW_ARGS The name of the RFC2965 cookie carrying the session key`,
  },
  {
    symbol: "session_module",
    source: "mod_session.c",
    file: "mod_session.so",
    directives: `Session 136 FLAG on if a session should be maintained for these URLs
SessionMaxAge 136 TAKE1 length of time for which a session should be valid. Zero to disable
SessionHeader 136 TAKE1 output header, if present, whose contents will be injected into the session.
SessionEnv 136 FLAG on if a session should be written to the CGI environment. Defaults to off
SessionInclude 136 TAKE1 URL prefixes to include in the session. Defaults to all URLs
SessionExclude 136 TAKE1 URL prefixes to exclude from the session. Defaults to no URLs
SessionExpiryUpdateInterval 136 TAKE1 time interval for which a session's expiry time may change without having to be rewritten. Zero to disable`,
  },
  {
    symbol: "setenvif_module",
    source: "mod_setenvif.c",
    file: "mod_setenvif.so",
    directives: `SetEnvIf 4 RAW_ARGS A header-name, regex and a list of variables.
SetEnvIfNoCase 4 RAW_ARGS a header-name, regex and a list of variables.
SetEnvIfExpr 4 RAW_ARGS an expression and a list of variables.
BrowserMatch 4 RAW_ARGS A browser regex and a list of variables.
BrowserMatchNoCase 4 RAW_ARGS A browser regex and a list of variables.`,
  },
  {
    symbol: "slotmem_plain_module",
    source: "mod_slotmem_plain.c",
    file: "mod_slotmem_plain.so",
    directives: ``,
  },
  {
    symbol: "slotmem_shm_module",
    source: "mod_slotmem_shm.c",
    file: "mod_slotmem_shm.so",
    directives: ``,
  },
  {
    symbol: "socache_dbm_module",
    source: "mod_socache_dbm.c",
    file: "mod_socache_dbm.so",
    directives: ``,
  },
  {
    symbol: "socache_memcache_module",
    source: "mod_socache_memcache.c",
    file: "mod_socache_memcache.so",
    directives: `MemcacheConnTTL 128 TAKE1 TTL used for the connection with the memcache server(s)`,
  },
  {
    symbol: "socache_redis_module",
    source: "mod_socache_redis.c",
    file: "mod_socache_redis.so",
    directives: `RedisConnPoolTTL 128 TAKE1 TTL used for the connection pool with the Redis server(s)
RedisTimeout 128 TAKE1 R/W timeout used for the connection with the Redis server(s)`,
  },
  {
    symbol: "socache_shmcb_module",
    source: "mod_socache_shmcb.c",
    file: "mod_socache_shmcb.so",
    directives: ``,
  },
  {
    symbol: "speling_module",
    source: "mod_speling.c",
    file: "mod_speling.so",
    directives: `CheckSpelling 2 FLAG whether or not to fix miscapitalized/misspelled requests
CheckCaseOnly 2 FLAG whether or not to fix only miscapitalized requests
CheckBasenameMatch 2 FLAG whether or not to fix files with the same base name`,
  },
  {
    symbol: "ssl_module",
    source: "mod_ssl.c",
    file: "mod_ssl.so",
    directives: `SSLPassPhraseDialog 128 TAKE1 SSL dialog mechanism for the pass phrase query ('builtin', '|/path/to/pipe_program', or 'exec:/path/to/cgi_program')
SSLSessionCache 128 TAKE1 SSL Session Cache storage ('none', 'nonenotnull', 'dbm:/path/to/file')
SSLCryptoDevice 128 TAKE1 SSL external Crypto Device usage ('builtin', '...')
SSLRandomSeed 128 TAKE23 SSL Pseudo Random Number Generator (PRNG) seeding source ('startup|connect builtin|file:/path|exec:/path [bytes]')
SSLVHostSNIPolicy 128 TAKE1 SSL VirtualHost SNI compatibility policy setting
SSLEngine 128 TAKE1 SSL switch for the protocol engine ('on', 'off')
SSLFIPS 128 FLAG Enable FIPS-140 mode (\`on', \`off')
SSLCipherSuite 136 TAKE12 Colon-delimited list of permitted SSL Ciphers, optional preceded by protocol identifier ('XXX:...:XXX' - see manual)
SSLCertificateFile 128 TAKE1 SSL Server Certificate file ('/path/to/file' - PEM or DER encoded)
SSLCertificateKeyFile 128 TAKE1 SSL Server Private Key file ('/path/to/file' - PEM or DER encoded)
SSLCertificateChainFile 128 TAKE1 SSL Server CA Certificate Chain file ('/path/to/file' - PEM encoded)
SSLSessionTicketKeyFile 128 TAKE1 TLS session ticket encryption/decryption key file (RFC 5077) ('/path/to/file' - file with 48 bytes of random data)
SSLCACertificatePath 136 TAKE1 SSL CA Certificate path ('/path/to/dir' - contains PEM encoded files)
SSLCACertificateFile 136 TAKE1 SSL CA Certificate file ('/path/to/file' - PEM encoded)
SSLCADNRequestPath 128 TAKE1 SSL CA Distinguished Name path ('/path/to/dir' - symlink hashes to PEM of acceptable CA names to request)
SSLCADNRequestFile 128 TAKE1 SSL CA Distinguished Name file ('/path/to/file' - PEM encoded to derive acceptable CA names to request)
SSLCARevocationPath 128 TAKE1 SSL CA Certificate Revocation List (CRL) path ('/path/to/dir' - contains PEM encoded files)
SSLCARevocationFile 128 TAKE1 SSL CA Certificate Revocation List (CRL) file ('/path/to/file' - PEM encoded)
SSLCARevocationCheck 128 RAW_ARGS SSL CA Certificate Revocation List (CRL) checking mode
SSLVerifyClient 136 TAKE1 SSL Client verify type ('none', 'optional', 'require', 'optional_no_ca')
SSLVerifyDepth 136 TAKE1 SSL Client verify depth ('N' - number of intermediate certificates)
SSLSessionCacheTimeout 128 TAKE1 SSL Session Cache object lifetime ('N' - number of seconds)
SSLProtocol 128 RAW_ARGS Enable or disable various SSL protocols ('[+-][TLSv1|TLSv1.1|TLSv1.2] ...' - see manual)
SSLHonorCipherOrder 128 FLAG Use the server's cipher ordering preference
SSLCompression 128 FLAG Enable SSL level compression (\`on', \`off')
SSLSessionTickets 128 FLAG Enable or disable TLS session tickets(\`on', \`off')
SSLInsecureRenegotiation 128 FLAG Enable support for insecure renegotiation
SSLUserName 136 TAKE1 Set user name to SSL variable value
SSLStrictSNIVHostCheck 128 FLAG Strict SNI virtual host checking
SSLSRPVerifierFile 128 TAKE1 SRP verifier file ('/path/to/file' - created by srptool)
SSLSRPUnknownUserSeed 128 TAKE1 SRP seed for unknown users (to avoid leaking a user's existence) ('some secret text')
SSLProxyEngine 2176 FLAG SSL switch for the proxy protocol engine ('on', 'off')
SSLProxyProtocol 2176 RAW_ARGS SSL Proxy: enable or disable SSL protocol flavors ('[+-][TLSv1|TLSv1.1|TLSv1.2] ...' - see manual)
SSLProxyCipherSuite 2176 TAKE12 SSL Proxy: colon-delimited list of permitted SSL ciphers , optionally preceded by protocol specifier ('XXX:...:XXX' - see manual)
SSLProxyVerify 2176 TAKE1 SSL Proxy: whether to verify the remote certificate ('on' or 'off')
SSLProxyVerifyDepth 2176 TAKE1 SSL Proxy: maximum certificate verification depth ('N' - number of intermediate certificates)
SSLProxyCACertificateFile 2176 TAKE1 SSL Proxy: file containing server certificates ('/path/to/file' - PEM encoded certificates)
SSLProxyCACertificatePath 2176 TAKE1 SSL Proxy: directory containing server certificates ('/path/to/dir' - contains PEM encoded certificates)
SSLProxyCARevocationPath 2176 TAKE1 SSL Proxy: CA Certificate Revocation List (CRL) path ('/path/to/dir' - contains PEM encoded files)
SSLProxyCARevocationFile 2176 TAKE1 SSL Proxy: CA Certificate Revocation List (CRL) file ('/path/to/file' - PEM encoded)
SSLProxyCARevocationCheck 2176 RAW_ARGS SSL Proxy: CA Certificate Revocation List (CRL) checking mode
SSLProxyMachineCertificateFile 2176 TAKE1 SSL Proxy: file containing client certificates ('/path/to/file' - PEM encoded certificates)
SSLProxyMachineCertificatePath 2176 TAKE1 SSL Proxy: directory containing client certificates ('/path/to/dir' - contains PEM encoded certificates)
SSLProxyMachineCertificateChainFile 2176 TAKE1 SSL Proxy: file containing issuing certificates of the client certificate (\`/path/to/file' - PEM encoded certificates)
SSLProxyCheckPeerExpire 2176 FLAG SSL Proxy: check the peer certificate's expiration date
SSLProxyCheckPeerCN 2176 FLAG SSL Proxy: check the peer certificate's CN
SSLProxyCheckPeerName 2176 FLAG SSL Proxy: check the peer certificate's name (must be present in subjectAltName extension or CN
SSLOptions 2 RAW_ARGS Set one or more options to configure the SSL engine('[+-]option[=value] ...' - see manual)
SSLRequireSSL 8 RAW_ARGS Require the SSL protocol for the per-directory context (no arguments)
SSLRequire 8 RAW_ARGS Require a boolean expression to evaluate to true for granting access(arbitrary complex boolean expression - see manual)
SSLRenegBufferSize 8 TAKE1 Configure the amount of memory that will be used for buffering the request body if a per-location SSL renegotiation is required due to changed access control requirements
SSLOCSPEnable 128 RAW_ARGS Enable use of OCSP to verify certificate revocation mode ('on', 'leaf', 'off')
SSLOCSPDefaultResponder 128 TAKE1 URL of the default OCSP Responder
SSLOCSPOverrideResponder 128 FLAG Force use of the default responder URL ('on', 'off')
SSLOCSPResponseTimeSkew 128 TAKE1 Maximum time difference in OCSP responses
SSLOCSPResponseMaxAge 128 TAKE1 Maximum age of OCSP responses
SSLOCSPResponderTimeout 128 TAKE1 OCSP responder query timeout
SSLOCSPUseRequestNonce 128 FLAG Whether OCSP queries use a nonce or not ('on', 'off')
SSLOCSPProxyURL 128 TAKE1 Proxy URL to use for OCSP requests
SSLOCSPNoVerify 128 FLAG Do not verify OCSP Responder certificate ('on', 'off')
SSLOCSPResponderCertificateFile 128 TAKE1 Trusted OCSP responder certificates(\`/path/to/file' - PEM encoded certificates)
SSLStaplingCache 128 TAKE1 SSL Stapling Response Cache storage (\`dbm:/path/to/file')
SSLUseStapling 128 FLAG SSL switch for the OCSP Stapling protocol (\`on', \`off')
SSLStaplingResponseTimeSkew 128 TAKE1 SSL stapling option for maximum time difference in OCSP responses
SSLStaplingResponderTimeout 128 TAKE1 SSL stapling option for OCSP responder timeout
SSLStaplingResponseMaxAge 128 TAKE1 SSL stapling option for maximum age of OCSP responses
SSLStaplingStandardCacheTimeout 128 TAKE1 SSL stapling option for normal OCSP Response Cache Lifetime
SSLStaplingReturnResponderErrors 128 FLAG SSL stapling switch to return Status Errors Back to Client(\`on', \`off')
SSLStaplingFakeTryLater 128 FLAG SSL stapling switch to send tryLater response to client on error (\`on', \`off')
SSLStaplingErrorCacheTimeout 128 TAKE1 SSL stapling option for OCSP Response Error Cache Lifetime
SSLStaplingForceURL 128 TAKE1 SSL stapling option to Force the OCSP Stapling URL
SSLOpenSSLConfCmd 128 TAKE2 OpenSSL configuration command
SSLLog 31 RAW_ARGS SSLLog directive is no longer supported - use ErrorLog.
SSLLogLevel 31 RAW_ARGS SSLLogLevel directive is no longer supported - use LogLevel.`,
  },
  {
    symbol: "status_module",
    source: "mod_status.c",
    file: "mod_status.so",
    directives: ``,
  },
  {
    symbol: "substitute_module",
    source: "mod_substitute.c",
    file: "mod_substitute.so",
    directives: `Substitute 4 TAKE1 Pattern to filter the response content (s/foo/bar/[inf])
SubstituteMaxLineLength 4 TAKE1 Maximum line length
SubstituteInheritBefore 4 FLAG Apply inherited patterns before those of the current context`,
  },
  {
    symbol: "suexec_module",
    source: "mod_suexec.c",
    file: "mod_suexec.so",
    directives: `SuexecUserGroup 128 TAKE2 User and group for spawned processes`,
  },
  {
    symbol: "unique_id_module",
    source: "mod_unique_id.c",
    file: "mod_unique_id.so",
    directives: ``,
  },
  {
    symbol: "userdir_module",
    source: "mod_userdir.c",
    file: "mod_userdir.so",
    directives: `UserDir 128 RAW_ARGS the public subdirectory in users' home directories, or 'disabled', or 'disabled username username...', or 'enabled username username...'`,
  },
  {
    symbol: "usertrack_module",
    source: "mod_usertrack.c",
    file: "mod_usertrack.so",
    directives: `CookieExpires 4 TAKE1 an expiry date code
CookieDomain 4 TAKE1 domain to which this cookie applies
CookieStyle 4 TAKE1 'Netscape', 'Cookie' (RFC2109), or 'Cookie2' (RFC2965)
CookieTracking 4 FLAG whether or not to enable cookies
CookieName 4 TAKE1 name of the tracking cookie
CookieSameSite 4 TAKE1 SameSite setting
CookieSecure 4 FLAG is cookie secure
CookieHttpOnly 4 FLAG is cookie http only`,
  },
  {
    symbol: "vhost_alias_module",
    source: "mod_vhost_alias.c",
    file: "mod_vhost_alias.so",
    directives: `VirtualScriptAlias 128 TAKE1 how to create a ScriptAlias based on the host
VirtualDocumentRoot 128 TAKE1 how to create the DocumentRoot based on the host
VirtualScriptAliasIP 128 TAKE1 how to create a ScriptAlias based on the host
VirtualDocumentRootIP 128 TAKE1 how to create the DocumentRoot based on the host`,
  },
  {
    symbol: "xml2enc_module",
    source: "mod_xml2enc.c",
    file: "mod_xml2enc.so",
    directives: `xml2EncDefault 31 TAKE1 Usage: xml2EncDefault charset
xml2EncAlias 128 ITERATE2 EncodingAlias charset alias [more aliases]
xml2StartParse 31 ITERATE Ignore anything in front of the first of these elements`,
  },
] as const satisfies readonly {
  readonly symbol: string;
  readonly source: string;
  /** The shared object; absent for modules built into the program. */
  readonly file: string | undefined;
  readonly directives: string;
}[];
