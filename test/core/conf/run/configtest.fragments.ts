import { expressionFragment } from "./expression/expression.fragments.js";

/** A seeded source of choices: the same seed makes the same fragments. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0, below the limit. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  /** True in one of `times` cases. */
  once(times: number): boolean {
    return this.below(times) === 0;
  }

  some<T>(most: number, make: () => T): T[] {
    return Array.from({ length: this.below(most + 1) }, make);
  }
}

const long = (length: number): string => "x".repeat(length);

const NUMBERS = (
  "0|1|5|10|50|60|99|100|101|511|512|1000|1001|-1|+5|abc|5abc|1.5|0.99|0.999|1e1|0x10|100.01|100.009|2147483647|2147483648|" +
  '99999999999|9223372036854775808| 5|""|nan|inf|1,5|1;5|=5|- 1|00010|010|1_000|٣|0b1|1e400|-0'
).split("|");
const TIMES =
  "0|1|5|10s|500ms|99ms|100ms|1m|1mi|1min|1h|1hour|1x|10sx|-5|1.5|abc|2.3|1s1|999us|5 s|9999999999999|ms|s|+1|\u00a05".split(
    "|",
  );
const WORDS = (
  "On|Off|on|OFF|oN|yes|no|1|0|true|auto|AUTO|a|a.b|r1|s|flush|websocket|ANY|NONE|any|Off,|On;|/h|get|GET|TCP|CPING|HEAD11|" +
  "OPTIONS|PROVIDER|FOO|t|T|none|ok|OK|ok2|byrequests|bytraffic|bybusyness|heartbeat|ByRequests|foo|.|..|-|SID|A|A\\|a|JSESSIONID\\|jsessionid|" +
  '500|500,503|500,|500;503|99|600|500abc|,500|503,599|100|500,,503|None|none|NONE|é|a=b|%7c|\\\\|a\\\\b|\'x\'|"x"|"a b"|'
)
  .split(/(?<!\\)\|/)
  .map((word) => word.replace("\\|", "|"));
const LONGS = [15, 16, 36, 37, 63, 64, 70, 300].map(long);
const STATUSES = "+H|+D|+N|+R|+S|-H|H|+HD|S-E|+|++H|-|+X|+h|+H,|+|+O|+I|+C|+G|+F|+U|+E|+H-D|+-H|H+|+H +D|!|+HR".split(
  "|",
);

const WORKER_KEYS = (
  "loadfactor retry lbset status route redirect connectiontimeout timeout ping acquire min max smax ttl keepalive disablereuse " +
  "enablereuse addressttl flushpackets flushwait flusher iobuffersize receivebuffersize responsefieldsize secret upgrade " +
  "hctemplate hcmethod hcpasses hcfails hcinterval hcuri hcexpr"
).split(" ");
const BALANCER_KEYS = (
  "lbmethod stickysession stickysessionsep nofailover timeout maxattempts scolonpathdelim failonstatus failontimeout " +
  "forcerecovery nonce growth"
).split(" ");

const URLS = (
  "http://h:8080|http://h|http://h:80|http://h:81|http://H:8080|https://h|ajp://h|ws://h|wss://h:443|h2c://h|fcgi://h:9000|" +
  "foo://h|FOO://h:1|uwsgi://h|scgi://h:4000|http://h/app|http://h/app?x=1|http://h/app/|http://h/a#f|http://h:8080/|" +
  "http://h:|http://h:0|http://h:080|http://h:65536|http://h:99999|http://h:-1|http://h:+80|http://h:80abc|http://h:abc|" +
  "http://localhost::8480|http://h:8080:8481|http://::1:80|http://[::1]:80|http://[::1|http://[::1]|http://[::1]x|http://[]|" +
  "http://user:pw@h|http://u@h:1|http://@h|http://:@h|http://a@b@c|http://a..b|http://*:80|http://ex%20ample:81|http://-h|" +
  "http:/h|http:h|http://|http:///p|http://:80|http:|//h|//h:1/x|/foo|h|localhost:80|!|?|#|http://h;x|http://h,|http://h:1;|" +
  "balancer://x|balancer://c/|balancer:|balancer:/x|BALANCER://C|unix:/s|http://u|unix:/s\u0001http:|unix:/s\u0001u|unix:/s|" +
  "UNIX:/s\u0001http://u/x|unix:s\u0001http://u|unix:\u0001http://u|unix:/s\u0001http://h:8080|unix:/s\u0001//x|unix:/s\u0001a:b|" +
  'http://h\\\\x|"http://h:1"|"http://h:1|\'http://h:1\'|"http://h :1"|http://h$1|http://h:80$1|http://h/$1|http://$1/|' +
  "http://\u00e9|http://h/\u00e9|a1+.-://h|1a://h|http ://h|data:x|mailto:a@b|http://h:1/a:b|http://h:18446744073709551616"
)
  .split("|")
  .map((url) => url.replace("\u0001", "|"));

const LONG_URLS = [
  `http://${long(255)}`,
  `http://${long(256)}`,
  `http://h/${long(400)}`,
  `unix:/${long(94)}|http://u`,
  `unix:/${long(95)}|http://u`,
];

const BALANCERS = (
  "balancer://c|balancer://c|balancer://c|balancer://c|balancer://C_d|BALANCER://c|balancer://c/|balancer://c/x|balancer://|" +
  "balancer:|balancer:/c|balancer:///|balancer://d:80|balancer://d?x|balancer://*|balancer://[c]|*|http://h:8080|http://h|" +
  'http://*|foo|~|/x|"balancer://c"|\'balancer://c\'|"balancer://c d"|balancer://c>|"balancer://c|proxy:http://h|' +
  'unix:/s\u0001http://u|unix:/s\u0001u|http://h::1|ftp://h|ajp://h:8009/x|""|balancer://\u00e9'
)
  .split("|")
  .map((name) => name.replace("\u0001", "|"));
const LONG_BALANCERS = [84, 85].map((length) => `balancer://${"n".repeat(length)}`);

const PATHS =
  '/|/|/|/app|/app/|/x|app|!|~|^/(.*)$|(|/a?b|http://f/x|http://f:x/|"/a b"|""|*|/${P}|/${nope}|/é|//|//h:x/y'.split(
    "|",
  );
const LONG_PATHS = [62, 63, 64].map((length) => `/${long(length)}`);

/** Lines of all kinds that stand for themselves. */
const LINES = `
ProxyRequests Off
ProxyRequests
ProxyRequests maybe
ProxyRequests On x
ProxyPreserveHost On
ProxyPreserveHost ""
ProxyVia On
ProxyVia Maybe
ProxyVia
ProxyStatus On
ProxyStatus Full
ProxyStatus 1
ProxyTimeout 5
ProxyTimeout 0
ProxyTimeout 5s
ProxyTimeout -1
ProxyTimeout
ProxyTimeout 5 5
BalancerPersist On
BalancerPersist 1
BalancerInherit Off
BalancerInherit yes
BalancerGrowth 5
BalancerGrowth 1001
BalancerGrowth -1
BalancerGrowth abc
ProxyPassInherit Off
ProxyPassInherit
ProxyPassReverse /
ProxyPassReverse / balancer://c/
ProxyPassReverse / http://localhost::8380/
ProxyPassReverse / http://h/ interpolate
ProxyPassReverse / http://h/ x y
ProxyPassReverse / interpolate
ProxyPassReverse
ProxyPassReverseCookiePath / /x
ProxyPassReverseCookiePath /
ProxyPassReverseCookiePath / /x interpolate z
ProxyPassReverseCookieDomain a b
ProxyPassReverseCookieDomain a
ProxyPassInterpolateEnv On
ProxyPassInterpolateEnv 1
ProxyErrorOverride On
ProxyErrorOverride On 404
ProxyErrorOverride 404
ProxyErrorOverride On 399
ProxyErrorOverride x
ProxyErrorOverride
ProxyIOBufferSize 512
ProxyIOBufferSize 511
ProxyIOBufferSize 0
ProxyReceiveBufferSize 100
ProxyReceiveBufferSize 0
ProxyMaxForwards 5
ProxyMaxForwards x
ProxyDomain .example.com
ProxyDomain example.com
ProxyBadHeader Ignore
ProxyBadHeader Foo
ProxyAddHeaders Off
ProxyAddHeaders x
Proxy100Continue Off
ProxySourceAddress 127.0.0.1
ProxySourceAddress nope
ProxyRemote * http://h:80
ProxyRemote * h
ProxyRemote *
ProxyRemoteMatch ( http://h
NoProxy 10.0.0.0/8 h .d
ProxyBlock *
ProxyHCTPsize 4
ProxyHCTPsize -1
ProxyHCTPsize abc
ProxyHCTPsize
ProxyHCExpr ok2 {%{REQUEST_STATUS} =~ /^[23]/}
ProxyHCExpr ok3 {hc('body') !~ /Under maintenance/}
ProxyHCExpr
ProxyHCExpr ok4
ProxyHCExpr sixteen_letters_ {true}
ProxyHCExpr ok5 {true} x
ProxyHCTemplate
ProxyHCTemplate u hcmethod=HEAD hcuri=/x hcpasses=2 hcfails=3 hcexpr=ok
ProxyHCTemplate u hcinterval
ProxyHCTemplate u foo=1
ProxyHCTemplate u hcmethod=get hcinterval=99ms
ProxySet
ProxySet balancer://c lbmethod=bytraffic
ProxySet balancer://nope timeout=5
ProxySet http://nope:1 timeout=5
ProxySet lbmethod=x
ProxySet http://h retry=5
ProxySet balancer://c foo
BalancerMember
BalancerMember http://h:1
BalancerMember balancer://c http://h:1
BalancerMember balancer://c http://h:1 loadfactor=5
BalancerMember balancer://c http://h:1 x
BalancerMember c http://h:1
BalancerMember retry=5
ProxyFoo on
Nonsense
nonsense here "and there
ServerName a.example
ServerName
ServerAlias b.example
ServerAdmin a@b
ServerTokens Prod
ServerTokens Foo
ServerSignature Off
ServerSignature maybe
Timeout 60
Timeout
KeepAlive On
KeepAlive maybe
KeepAliveTimeout 5
KeepAliveTimeout x
MaxKeepAliveRequests 100
UseCanonicalName Off
UseCanonicalName maybe
HostnameLookups Off
HostnameLookups x
LogLevel warn
LogLevel proxy:debug
LogLevel nope
LogLevel nomodule:debug
ErrorDocument 503 /down.html
ErrorDocument 503
ErrorDocument 99 x
ErrorDocument abc x
CustomLog /dev/null common
CustomLog /dev/null
LogFormat "%h %{BALANCER_WORKER_ROUTE}e" x
TraceEnable Off
TraceEnable maybe
AllowEncodedSlashes NoDecode
AllowEncodedSlashes maybe
SetHandler balancer-manager
SetHandler
Options None
Options Foo
Options +Indexes -FollowSymLinks
Options Indexes -FollowSymLinks
AllowOverride None
DocumentRoot /
ServerPath /x
LimitRequestBody 0
LimitRequestBody -1
LimitRequestLine 8190
LimitRequestLine abc
AddDefaultCharset Off
FileETag None
Protocols h2 http/1.1
StartServers 1
StartServers x
MaxRequestWorkers 10
ThreadsPerChild 5
Listen 127.0.0.1:18998
Listen 99999
Listen abc
Listen
User www-data
Define P 8080
Define P
Define
UnDefine P
Require all granted
Require valid-user
Require
Order deny,allow
Allow from all
Deny from 10.0.0.0/8
Satisfy Any
Header set X-Node "%{BALANCER_WORKER_ROUTE}e"
Header add Set-Cookie "ROUTEID=.%{BALANCER_WORKER_ROUTE}e; path=/" env=BALANCER_ROUTE_CHANGED
Header always set X y
Header set X
Header foo X y
Header unset X
Header unset X y
Header edit X a
Header edit X ( b
Header append
Header set X "%{foo"
Header set X %q
Header set X y early
Header set X y env=
Header set X y foo
Header set "X:" y
RequestHeader set X-Forwarded-Proto https
RequestHeader unset Proxy early
RequestHeader set X
RequestHeader echo X
RewriteEngine On
RewriteEngine maybe
RewriteRule ^/(.*) balancer://c/$1 [P]
RewriteRule ^/(.*) balancer://c/$1 [P,L]
RewriteRule ^/(.*) balancer://c/$1 [P,FOO]
RewriteRule ^/(.*) balancer://c/$1 P
RewriteRule ^/(.*
RewriteRule ( - [L]
RewriteRule ^/x$ - [CO=a]
RewriteRule ^/x$ - [R=999]
RewriteRule ^/x$ - [E=a:b,NE,QSA,R=301,L]
RewriteCond %{HTTP_HOST} ^a$ [NC]
RewriteCond %{HTTP_HOST} ( [NC]
RewriteCond %{HTTP_HOST}
RewriteCond %{HTTP_HOST} ^a$ [FOO]
RewriteOptions Inherit
RewriteOptions Foo
RewriteBase /
RewriteMap m txt:/etc/passwd
RewriteMap m nope:x
RewriteMap m int:tolower
RewriteMap m int:foo
Alias /a /tmp
Alias /a
Alias
Redirect /a http://b/
Redirect 301 /a http://b/
Redirect gone /a
Redirect gone /a http://b/
Redirect permanent /a
Redirect foo /a http://b/
Redirect /a
RedirectMatch ^/a http://b/
RedirectMatch ( http://b/
ScriptAlias /cgi /tmp
SetEnv a b
SetEnv
SetEnv a b c
UnsetEnv a
PassEnv PATH
PassEnv
SetEnvIf Request_URI ^/x no-proxy
SetEnvIf Request_URI
SetEnvIf Request_URI ^/x
SetEnvIf Request_URI ( a
SetEnvIfNoCase User-Agent bot a=1 !b
BrowserMatch MSIE a
BrowserMatch
SSLEngine on
SSLProxyEngine on
DirectoryIndex a
AddType a/b .c
ExpiresActive On
Include /nope/nope.conf
IncludeOptional /nope/*.conf
IncludeOptional /nope/nope.conf
Include
Include a b
Use m
Error
Error stop here
LoadModule proxy_module modules/mod_proxy.so
LoadModule proxy_module
LoadModule version_module modules/mod_version.so
LoadModule foo_module modules/mod_dir.so
LoadModule dir_module modules/mod_dir.so
</Proxy>
</Location>
</IfModule>
</VirtualHost
</
<
<>
>
<Proxy
<Proxy>
<Location
#
# <Proxy broken
`
  .trim()
  .split("\n");

/** Values of access control, in and out of place. */
const ACCESS = `
Require all granted
Require all denied
Require all
Require all foo
Require all granted x
Require ip 10.0.0.0/8
Require ip 10
Require ip 10.0
Require ip 10.0.0.1 ::1
Require ip foo
Require ip 10.0.0.0/33
Require ip 10.0.0.0/255.0.0.0
Require ip
Require ip 300.1.1.1
Require ip 10.0.0.1/
Require ip fe80::/10
Require host example.com
Require host
Require local
Require local x
Require forward-dns a.example
Require env a
Require env
Require method GET
Require method
Require method FOO
Require expr "%{REQUEST_URI} == '/'"
Require expr
Require not all granted
Require not ip 10
Require not
Require
Require foo
Require valid-user
Require user a
Order deny,allow
Order allow,deny
Order Deny,Allow
Order mutual-failure
Order deny, allow
Order allow
Order
Order deny,allow x
Allow from all
Allow from
Allow all
Allow
Allow from 10.0.0.0/8 127.0.0.1
Allow from 10.0.0.0/33
Allow from 10.0.0.0/x
Allow from 10.
Allow from env=a
Allow from example.com
Allow from ::1
Allow From 1.2.3.4/255.255.0.0
Deny from all
Deny from
Deny from 1.2.3.4/8/9
Deny to all
Satisfy any
Satisfy All
Satisfy none
Satisfy
AuthMerging And
AuthMerging x
AuthType Basic
AuthName "x y"
AuthName
`
  .trim()
  .split("\n");

const SECTIONS = (
  'Location /b|Location /m|Location|Location /a /b|Location ~ ^/x|Location ~ (|LocationMatch ^/x|LocationMatch (|Location "/a b"|' +
  "Directory /|Directory /tmp|Directory|DirectoryMatch ^/x|Directory ~ (|Files x|Files|Files a b|FilesMatch (|FilesMatch ^x|" +
  "VirtualHost *:80|VirtualHost *|VirtualHost 127.0.0.1:81|VirtualHost|VirtualHost *:99999|VirtualHost *:0|VirtualHost _default_:443|" +
  'If "true"|If "%{HTTP_HOST} == \'x\'"|If|If "true" x|Else|ElseIf "true"|Limit GET|Limit GET POST|Limit|Limit TRACE|LimitExcept GET|' +
  "LimitExcept|Proxy *|Proxy balancer://c|Proxy http://h|Proxy|ProxyMatch ^http|ProxyMatch (|ProxyMatch a b|Proxy a b|" +
  "IfModule mod_proxy.c|IfModule nope.c|IfModule !mod_proxy.c|IfModule proxy_module|IfModule|IfDefine X|IfDefine !X|IfVersion >= 2.4|" +
  "IfVersion < 2.4|IfVersion foo|RequireAll|RequireAny|RequireNone|RequireAll x|Foo|Foo bar|IfFile /etc/passwd|IfFile /nope|" +
  "IfDirective ProxyPass|IfDirective Nope|IfSection Proxy|IfSection Nope"
).split(/(?<!\\)\|/);

/** Values that are good for a key. */
const GOOD: Readonly<Record<string, readonly string[]>> = {
  loadfactor: ["1", "5", "2.5", "100", "1e1"],
  retry: ["0", "10", "abc", "10s"],
  lbset: ["0", "1", "99"],
  status: ["+H", "-D", "+HR", "S-E", "h"],
  route: ["r1", "a.b", ""],
  redirect: ["r2"],
  connectiontimeout: ["5", "500ms", "1h"],
  timeout: ["1", "60"],
  ping: ["1", "100ms"],
  acquire: ["1", "3000", "1s"],
  min: ["0", "1"],
  max: ["10", "abc"],
  smax: ["5"],
  ttl: ["1", "60"],
  keepalive: ["On", "off"],
  disablereuse: ["On", "off"],
  enablereuse: ["ON"],
  addressttl: ["-1", "5", "10s", "5000ms"],
  flushpackets: ["on", "Auto"],
  flushwait: ["0", "1000"],
  flusher: ["flush"],
  iobuffersize: ["0", "512"],
  receivebuffersize: ["0", "2048"],
  responsefieldsize: ["0", "8192"],
  secret: ["s"],
  upgrade: ["ANY", "NONE", "websocket"],
  hcmethod: ["get", "HEAD", "TCP", "OPTIONS11", "CPING", "none"],
  hcpasses: ["1", "0"],
  hcfails: ["3"],
  hcinterval: ["5", "100ms"],
  hcuri: ["/x"],
  lbmethod: ["byrequests", "bytraffic", "bybusyness"],
  stickysession: ["SID", "A|a", "", "JSESSIONID|jsessionid"],
  stickysessionsep: [".", "-", "Off"],
  nofailover: ["On", "off"],
  maxattempts: ["0", "5", "abc"],
  scolonpathdelim: ["On"],
  failonstatus: ["500,503", "503", "", "500;503"],
  failontimeout: ["On"],
  forcerecovery: ["off"],
  nonce: ["None", "x", ""],
  growth: ["1", "100"],
};

const GOOD_LINES = `
ProxyRequests Off
ProxyPreserveHost On
ProxyVia Full
ProxyTimeout 5
BalancerPersist On
BalancerGrowth 5
ProxyPassReverse / balancer://c/
ProxyPassReverseCookiePath / /x
ProxyErrorOverride On 500 503
Header add Set-Cookie "ROUTEID=.%{BALANCER_WORKER_ROUTE}e; path=/" env=BALANCER_ROUTE_CHANGED
RewriteEngine On
RewriteRule ^/(.*) balancer://c/$1 [P]
RewriteCond %{HTTP_HOST} !^www\. [NC,OR]
SetEnvIf Request_URI ^/x no-proxy
ProxyPass /x !
ProxyPass / balancer://c/ nocanon
ProxyPassMatch ^/(.*)$ balancer://c/$1
ProxyPass /a http://a:1/ retry=5 timeout=10
ProxyHCExpr ok2 {%{REQUEST_STATUS} =~ /^[23]/}
ProxyHCTemplate u hcmethod=HEAD hcuri=/x hcpasses=2 hcfails=3
Redirect permanent /old http://b/
ServerName a.example:80
ServerSignature Off
LogLevel warn proxy:debug
ErrorDocument 503 /down.html
# a comment
`
  .trim()
  .split("\n");

/** A fragment that is meant to be good, and is nearly always: it keeps later lines reachable. */
function calmFragment(dice: Dice): string {
  const lines = dice.some(3, () => dice.pick(GOOD_LINES));
  for (let block = dice.below(3); block >= 0; block -= 1) {
    const scheme = dice.pick(["http", "http", "https", "ajp", "ws", "fcgi"]);
    const members = dice.some(4, () => {
      const words = dice.some(3, () => goodSetting(dice, WORKER_KEYS));
      return bent(
        dice,
        `BalancerMember ${scheme}://h${dice.below(5)}:80${dice.below(3)}${dice.pick(["", "", "/app", "/app/b"])} ${words.join(" ")}`,
      );
    });
    const sets = dice.some(2, () => `    ProxySet ${goodSetting(dice, BALANCER_KEYS)}`);
    const head = `<Proxy balancer://${dice.pick(["c", "C", "d", "e_1"])}${dice.once(3) ? ` ${goodSetting(dice, BALANCER_KEYS)}` : ""}>`;
    lines.push(head, ...members, ...sets, "</Proxy>", ...dice.some(2, () => dice.pick(GOOD_LINES)));
  }
  if (dice.once(3))
    lines.push("<Location /m>", "    SetHandler balancer-manager", `    ${dice.pick(ACCESS)}`, "</Location>");
  if (dice.once(4)) lines.push(dice.pick(LINES));
  if (dice.once(4)) return ["<VirtualHost *:80>", ...lines, "</VirtualHost>"].join("\n");
  return lines.join("\n");
}

function goodSetting(dice: Dice, keys: readonly string[]): string {
  const key = dice.pick(keys.filter((one) => GOOD[one] !== undefined));
  const spelled = dice.once(6) ? key.toUpperCase() : key;
  return `${spelled}=${dice.once(40) ? valueFor(dice, key) : dice.pick(GOOD[key]!)}`;
}

/** One configuration fragment, good or bad. */
export function fragment(dice: Dice): string {
  if (dice.once(3)) return calmFragment(dice);
  if (dice.once(10)) return expressionFragment(dice);
  const lines: string[] = [];
  if (dice.once(2))
    lines.push("ProxyHCExpr ok {%{REQUEST_STATUS} =~ /^[234]/}", "ProxyHCTemplate t hcmethod=GET hcinterval=5");
  if (dice.once(4)) lines.push("Define P 8080");
  const blocks = 1 + dice.below(3);
  for (let block = 0; block < blocks; block += 1) lines.push(...anyBlock(dice, 0));
  return spoil(dice, lines).join("\n");
}

function anyBlock(dice: Dice, depth: number): string[] {
  const kind = dice.below(depth > 2 ? 6 : 10);
  if (kind <= 1) return [mountLine(dice)];
  if (kind <= 3) return [dice.pick(LINES)];
  if (kind === 4) return accessBlock(dice);
  if (kind <= 6 || depth > 2) return proxyBlock(dice);
  const head = dice.pick(SECTIONS);
  const name = head.split(" ")[0]!;
  const inside = dice.some(2, () => (dice.once(3) ? [dice.pick(ACCESS)] : anyBlock(dice, depth + 1))).flat();
  return [`<${head}>`, ...inside.map((line) => `    ${line}`), `</${name}>`];
}

function accessBlock(dice: Dice): string[] {
  const section = dice.pick(["Location /m", "Proxy *", "Directory /", "Proxy balancer://c", "LocationMatch ^/m"]);
  const lines = ["SetHandler balancer-manager", ...dice.some(3, () => dice.pick(ACCESS))];
  return [`<${section}>`, ...lines.map((line) => `    ${line}`), `</${section.split(" ")[0]!}>`];
}

function proxyBlock(dice: Dice): string[] {
  const name = dice.once(20) ? dice.pick(LONG_BALANCERS) : dice.pick(BALANCERS);
  const target = dice.once(3) ? "" : " ";
  const words = dice.once(4) ? [setting(dice, dice.once(6) ? WORKER_KEYS : BALANCER_KEYS)] : [];
  if (dice.once(20)) words.push(dice.pick(["foo", "a b", '"', "=", "timeout=5>"]));
  const directive = dice.pick(["Proxy", "Proxy", "Proxy", "Proxy", "proxy", "PROXY", "ProxyMatch"]);
  const head = `<${directive} ${[name, ...words].join(" ")}${target === "" ? "" : ""}>`;
  const inside = dice.some(5, () => memberLine(dice));
  return [head, ...inside.flat(), `</${dice.once(15) ? directive.toUpperCase() : directive}>`];
}

function memberLine(dice: Dice): string[] {
  const kind = dice.below(20);
  if (kind < 5) return [`    ProxySet ${settings(dice, dice.once(12) ? WORKER_KEYS : BALANCER_KEYS)}`];
  if (kind < 17) return [bent(dice, member(dice))];
  if (kind === 17) return [`    ${dice.pick(LINES)}`];
  if (kind === 18) return [`    ${dice.pick(ACCESS)}`];
  const head = dice.pick([
    "IfModule mod_proxy.c",
    "IfModule nope.c",
    "Limit GET",
    'If "true"',
    "Files x",
    "IfDefine X",
    "RequireAny",
  ]);
  return [`    <${head}>`, bent(dice, member(dice)), `    </${head.split(" ")[0]!}>`];
}

function member(dice: Dice): string {
  const url = dice.once(30)
    ? dice.pick(LONG_URLS)
    : dice.once(3)
      ? dice.pick(URLS)
      : `http://h${dice.below(4)}:808${dice.below(3)}`;
  const words = [url, ...dice.some(3, () => setting(dice, dice.once(12) ? BALANCER_KEYS : WORKER_KEYS))];
  if (dice.once(12))
    words.push(
      dice.pick([
        "noeq",
        "# comment",
        "loadfactor 5",
        "loadfactor = 5",
        "http://h:2",
        '""',
        "lodfactor=1",
        "balancer://d",
        "=",
      ]),
    );
  if (dice.once(6)) words.reverse();
  if (dice.once(40)) words.shift();
  return `${dice.pick(["BalancerMember", "BalancerMember", "balancermember", "BALANCERMEMBER"])} ${words.join(" ")}`;
}

/** Sometimes over two lines, sometimes with other blanks. */
function bent(dice: Dice, line: string): string {
  if (dice.once(10)) return `    ${line.replace(" ", " \\\n        ")}`;
  if (dice.once(15)) return ` \\\n           ${line}`;
  if (dice.once(15)) return `\t${line.replaceAll(" ", "\t ")}  \t`;
  if (dice.once(25)) return `    ${line}\r`;
  if (dice.once(40)) return `    ${line} \\`;
  return `    ${line}`;
}

function settings(dice: Dice, keys: readonly string[]): string {
  const words = [setting(dice, keys), ...dice.some(2, () => setting(dice, keys))];
  if (dice.once(12)) words.push(dice.pick(["foo", "timeout", "=", '""', "# x", "a=b=c"]));
  if (dice.once(25)) words.unshift(dice.pick(["balancer://c", "http://h"]));
  return words.join(" ");
}

function setting(dice: Dice, keys: readonly string[]): string {
  const key = dice.pick(keys);
  const spelled = dice.once(8) ? key.toUpperCase() : key;
  const value = valueFor(dice, key);
  if (dice.once(15)) return `"${spelled}=${value.replaceAll('"', "")}"`;
  if (dice.once(30)) return `${spelled}="${value}"`;
  return `${spelled}=${value}`;
}

function valueFor(dice: Dice, key: string): string {
  if (dice.once(5)) return dice.pick([...NUMBERS, ...TIMES, ...WORDS, ...STATUSES]);
  if (dice.once(8)) return dice.pick(LONGS);
  if (key === "status") return dice.pick(STATUSES);
  if (/interval|timeout|ping|acquire|ttl/.test(key)) return dice.pick(dice.once(2) ? TIMES : NUMBERS);
  if (/factor|retry|lbset|min|max|size|wait|passes|fails|growth|attempts/.test(key)) return dice.pick(NUMBERS);
  return dice.pick(WORDS);
}

function mountLine(dice: Dice): string {
  const directive = dice.pick(["ProxyPass", "ProxyPass", "ProxyPassMatch", "proxypass"]);
  const path = dice.once(20) ? dice.pick(LONG_PATHS) : dice.pick(PATHS);
  const target = dice.once(2) ? dice.pick([...BALANCERS, "balancer://c/", "balancer://c/$1", "!"]) : dice.pick(URLS);
  const words = dice.some(2, () => {
    const kind = dice.below(5);
    if (kind === 0)
      return dice.pick([
        "nocanon",
        "interpolate",
        "noquery",
        "NOCANON",
        "mapping=servlet",
        "mapping=foo",
        "foo",
        "nocanon=1",
      ]);
    return setting(dice, kind === 1 ? BALANCER_KEYS : WORKER_KEYS);
  });
  const all = [directive, path, target, ...words];
  if (dice.once(15)) all.splice(1, 1);
  if (dice.once(30)) all.splice(1, 0, "~");
  const line = all.join(" ");
  return dice.once(4) ? `<Location /b>\n    ${dice.once(2) ? line.replace(` ${path}`, "") : line}\n</Location>` : line;
}

/** Sometimes breaks the structure of the whole. */
function spoil(dice: Dice, lines: readonly string[]): string[] {
  const spoiled = [...lines];
  if (dice.once(25)) spoiled.splice(dice.below(spoiled.length), 1);
  if (dice.once(40))
    spoiled.splice(dice.below(spoiled.length + 1), 0, dice.pick(LINES.filter((line) => /[<>#]/.test(line))));
  if (dice.once(40)) {
    const at = dice.below(spoiled.length);
    spoiled[at] = (spoiled[at] ?? "").replace(">", "");
  }
  if (dice.once(30))
    spoiled.splice(
      dice.below(spoiled.length + 1),
      0,
      dice.pick(["", "   ", "# comment", "# comment \\", "\\", "#\\\\"]),
    );
  return spoiled;
}
