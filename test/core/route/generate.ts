import fc from "fast-check";
import type { WayRequest } from "../../../core/route/request.js";
import type { Layout } from "./rig.js";

const path = fc.constantFrom("/", "/app", "/app/", "/app/deep", "/static", "/x", "/m");
const pattern = fc.constantFrom(
  "^/app",
  "^/(.*)",
  "^/app/(.*)$",
  "\\.gif$",
  "^/(static|x)(/.*)?$",
  "deep",
  "^/x$",
  "(.*)",
  "^/m/([0-9]+)$",
);
const balancer = fc.constantFrom("a", "a", "b", "b", "c", "c", "d", "d", "down", "ill", "none");
const target = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(balancer, fc.constantFrom("", "/", "/t", "/t/"))
      .map(([name, end]) => `balancer://${name}${end}`),
  },
  fc.constant("!"),
);

const pass = fc.oneof(
  fc
    .tuple(path, target, fc.constantFrom("", "", " nocanon"))
    .map(([from, to, word]) => `ProxyPass ${from} ${to}${word}`),
  fc.constantFrom(
    "ProxyPassMatch ^/(a|b|x)(/.*)?$ balancer://$1$2",
    "ProxyPassMatch ^(/m/.*)$ balancer://c$1",
    "ProxyPass ~ ^/app/(d)eep balancer://$1/$0 nocanon",
  ),
  fc
    .tuple(pattern, balancer, fc.constantFrom("", "/$1", "/z"))
    .map(([from, to, end]) => `ProxyPassMatch ${from} balancer://${to}${end}`),
);

const condition = fc.constantFrom(
  "%{REQUEST_URI} !^/static",
  "%{REQUEST_URI} ^/(app|x)",
  "%{HTTP:Upgrade} websocket [NC]",
  "%{QUERY_STRING} v=([0-9])",
  "%{QUERY_STRING} =",
  "%{REQUEST_METHOD} ^(POST|PUT)$",
  "%{HTTP_HOST} ^one\\. [NC]",
  "%{REQUEST_FILENAME} !-f",
  "%{HTTP_COOKIE} k=(.) [OR]",
  "%{THE_REQUEST} \\s/app",
  "%{ENV:flag} =1",
  "%{ENV:flag} !1 [OR]",
  "%{ENV:FLAG} ^[13]$",
  "%{ENV:REDIRECT_STATUS} ^$",
  "%{ENV:REDIRECT_STATUS} =200",
  "%{ENV:REDIRECT_STATUS} 404 [OR]",
  "%{ENV:REDIRECT_flag} =1",
  "%{REMOTE_ADDR} ^127\\.",
  "%{REQUEST_URI} >/m",
  "%{HTTPS} off",
  'expr "%{REQUEST_URI} =~ m#^/app#"',
  "expr \"%{QUERY_STRING} == 'v=1' || -n %{HTTP:Upgrade}\"",
  "%{HTTP:X-Flag} yes",
  "%{HTTP_USER_AGENT} ^curl",
  "%{SERVER_NAME} =one.x",
  "%{REQUEST_SCHEME} =http",
  "%{HTTP:A} -lt2",
  "%{HTTP:B} -ge2 [OR]",
  "%{IS_SUBREQ} false",
  "%{REQUEST_METHOD}:%{QUERY_STRING} ^(.*):v=(.)$",
  "expr \"%{REQUEST_METHOD} in { 'GET', 'PUT' } && ! ( %{HTTP_HOST} =~ /^two/ )\"",
);

const substitution = fc.constantFrom(
  ...["balancer://a/r$1 [P]", "balancer://b/r/$1 [P,QSA]", "balancer://c%{REQUEST_URI} [P]", "balancer://d/n [P,NE]"],
  ...["/app/in [PT]", "/x [PT,L]", "/static/$1 [L]", "- [F]", "- [G]", "- [L]", "- [END]", "- [S=1]", "- [S=2]"],
  ...["- [C]", "/m/$1 [C]", "http://elsewhere/$1 [R=301,L]", "/elsewhere/$1 [R]", "- [E=flag:1]", "- [E=no-proxy:1]"],
  ...[
    "/app?q=$1 [PT,QSA]",
    "/y? [PT]",
    "- [R=404]",
    "%{REQUEST_URI}z [N=3]",
    "$1",
    "balancer://a/%1 [P,B]",
    "/app/%1 [PT]",
    "/app?q=$1&r=%2 [PT,QSD]",
    "balancer://b/q?p=$1 [P,QSA,L]",
    "balancer://b/q?p=$1 [P,BCTLS]",
    "balancer://c/q?p=$1 [P,B=/,BNE=x]",
    "balancer://d%{REQUEST_URI}?%{QUERY_STRING}&z=1 [P]",
    "/x?a=1?b=$1 [QSL,PT]",
    "balancer://down/z [P]",
    "/static/%{HTTP:X-Flag} [PT]",
    "- [E=!flag]",
    "- [R=403]",
    "balancer://$1/x [P]",
    "balancer://%1/x [P,L]",
    "/elsewhere/$1 [R=307,C]",
    "/static/$1 [R=301,E=flag:1]",
    "/x/%{ENV:flag}/$1 [PT]",
    "- [H=balancer-manager]",
    "- [E=FLAG:1,L]",
    "/elsewhere [R=303,NE]",
  ],
);
const rule = fc
  .tuple(fc.array(condition, { maxLength: 2 }), fc.boolean(), pattern, substitution)
  .map(([conditions, not, from, to]) =>
    [
      ...conditions.map((one) => `RewriteCond ${one}`),
      `RewriteRule ${not && !to.includes("$") ? "!" : ""}${from} ${to}`,
    ].join("\n"),
  );

const require = fc.constantFrom(
  ...[
    "Require all granted",
    "Require all denied",
    "Require local",
    "Require ip 10.0.0.0/8",
    "Require ip 127.0.0.1",
    "Require ip 127",
  ],
  ...["Require method GET HEAD", "Require env flag", "Require expr %{REQUEST_METHOD} == 'GET'"],
  "<RequireAll>\nRequire all granted\nRequire not ip 127.0.0.0/8\n</RequireAll>",
  "<RequireAny>\nRequire ip 10\nRequire method POST\n</RequireAny>",
  "<RequireAll>\n<RequireNone>\nRequire method PUT\nRequire ip 10.1\n</RequireNone>\nRequire all granted\n</RequireAll>",
  "<RequireAll>\nRequire local\n<RequireNone>\nRequire method POST\n</RequireNone>\n</RequireAll>",
  "AuthMerging And\nRequire method GET",
  "AuthMerging Or\nRequire expr %{HTTP:X-Flag} == 'yes'",
  "Require expr \"-R '127.0.0.0/8' && %{QUERY_STRING} != 'v=1'\"",
  "Require valid-user",
  "AuthType Basic\nAuthName x\nRequire valid-user",
  "AuthType Digest\nAuthName x\nRequire valid-user",
  "AuthType None\nRequire valid-user",
  "Require env REDIRECT_STATUS",
  "Require expr %{ENV:flag} == '1' || reqenv('Other') == '2'",
  "Satisfy Any\nAuthType Basic\nAuthName x\nRequire valid-user",
  "<RequireAny>\nRequire ip 10\n<RequireAll>\nRequire env flag\nRequire not method POST\n</RequireAll>\n</RequireAny>",
  "AuthMerging Or\nRequire ip 127.0.0.1",
);
const old = fc.constantFrom(
  ...[
    "Order Deny,Allow\nDeny from all",
    "Order Allow,Deny\nAllow from all",
    "Order Deny,Allow\nDeny from all\nAllow from 127.0.0.1",
  ],
  ...[
    "Deny from 127",
    "Allow from env=flag\nOrder Allow,Deny",
    "Satisfy Any\nDeny from all",
    "Satisfy Any\nRequire all denied\nOrder Deny,Allow",
  ],
);
const limited = fc
  .tuple(fc.constantFrom("Limit", "LimitExcept"), fc.constantFrom("GET", "POST PUT"), fc.oneof(require, old))
  .map(([name, methods, inside]) => `<${name} ${methods}>\n${inside}\n</${name}>`);

const redirect = fc.constantFrom(
  ...["Redirect /app http://elsewhere/n", "Redirect permanent /x /other", "Redirect gone /static", "Redirect 404 /m"],
  ...["RedirectMatch ^/app/(.*) http://elsewhere/$1", "RedirectMatch 410 \\.gif$", "Redirect seeother /app/deep /d"],
);
const sectionRedirect = fc.constantFrom(
  "Redirect http://elsewhere/",
  "Redirect 410",
  "Redirect 301 /n",
  "Redirect /app http://elsewhere/n",
);
const environment = fc.constantFrom(
  ...[
    "SetEnvIf Request_URI ^/app no-proxy",
    "SetEnvIf Cookie k=v flag=1",
    "SetEnvIfNoCase X-Flag YES flag",
    "BrowserMatch curl flag",
  ],
  ...["SetEnv flag 1", "UnsetEnv FLAG", "PassEnv NOT_THERE", "SetEnvIf FLAG 1 Other=2", "SetEnvIf Other . flag=3"],
  ...["SetEnvIf Request_Method POST flag", "SetEnvIf Remote_Addr ^127 flag=1", "SetEnvIf flag 1 other=$0"],
  ...[
    "SetEnvIfExpr \"%{REQUEST_METHOD} == 'PUT'\" flag=2 no-proxy",
    "SetEnvIf ^X-Fl yes flag",
    "SetEnvIf Host x$ !flag",
  ],
);
const header = fc.constantFrom(
  ...[
    "RequestHeader unset Cookie",
    'RequestHeader set Cookie "k=w" early',
    "RequestHeader unset Cookie early",
    "RequestHeader append Cookie z=1",
  ],
  ...[
    "RequestHeader edit Cookie v w",
    "RequestHeader set Cookie q=1 env=flag",
    "RequestHeader setifempty Cookie e=1",
    "RequestHeader set X-Flag yes early",
    "RequestHeader edit* Cookie v w early",
    "RequestHeader merge Cookie k=v",
    "RequestHeader add Cookie k=v",
    "RequestHeader set Cookie x=1 \"expr=%{REQUEST_METHOD} == 'GET'\"",
    "RequestHeader unset Cookie env=!flag",
    "Header set X-Seen yes",
  ],
);
const document = fc.constantFrom(
  "ErrorDocument 403 /x/sorry",
  "ErrorDocument 404 /app/sorry",
  'ErrorDocument 403 "no"',
  "ErrorDocument 404 http://elsewhere/",
  "ErrorDocument 410 /nowhere",
  "ErrorDocument 403 /app/deep?e=403",
  "ErrorDocument 401 /x/login",
  "ErrorDocument 500 /static/e",
  "ErrorDocument 503 /x/busy",
  "ErrorDocument 503 default",
  "ErrorDocument 413 /m/large",
  "ProxyErrorOverride On",
  "ProxyErrorOverride On 503 404",
  "ProxyErrorOverride Off",
);
const handler = fc.constantFrom(
  'SetHandler "proxy:balancer://a"',
  'SetHandler "proxy:balancer://down/x"',
  "SetHandler balancer-manager",
  "SetHandler server-status",
  "SetHandler server-info",
  "SetHandler cgi-script",
  "SetHandler something-else",
  "SetHandler None",
);
const limit = fc.constantFrom(
  "LimitRequestBody 10",
  "LimitRequestBody 11",
  "LimitRequestLine 60",
  "LimitRequestFieldSize 60",
  "LimitRequestFields 5",
  "AllowEncodedSlashes On",
  "AllowEncodedSlashes NoDecode",
  "AllowEncodedSlashes Off",
);
const options = fc.constantFrom("Options None", "Options +Indexes", "Options -FollowSymLinks");
const perDirRule = fc
  .tuple(rule, fc.constantFrom("", "", "RewriteBase /app\n", "RewriteOptions Inherit\n"))
  .map(([one, more]) => `RewriteEngine On\n${more}${one}`);

const inside = fc.oneof(
  fc.tuple(target, fc.constantFrom("", " nocanon")).map(([to, word]) => `ProxyPass ${to}${word}`),
  require,
  old,
  limited,
  sectionRedirect,
  header,
  document,
  handler,
  perDirRule,
  options,
  fc.constant("RewriteEngine Off"),
  fc.constant("LimitRequestBody 10"),
);
const test = fc.constantFrom(
  "%{REQUEST_URI} =~ /app/",
  "%{HTTP_HOST} == 'one.x'",
  "-n req('Upgrade')",
  "%{REQUEST_METHOD} == 'POST'",
  "%{QUERY_STRING} =~ /v=./ || %{REQUEST_URI} == '/x'",
);
const inIf = fc.oneof(require, header, document, handler, redirect, sectionRedirect, old, environment, perDirRule);
const innerIf = fc.tuple(test, inIf).map(([holds, then]) => `<If "${holds}">\n${then}\n</If>`);
const ifSection = fc
  .tuple(test, fc.oneof({ weight: 5, arbitrary: inIf }, innerIf), fc.option(fc.tuple(fc.option(test), inIf)))
  .map(([holds, then, other]) => {
    const [otherwise, so] = other ?? [];
    const name = otherwise == null ? "Else" : `ElseIf "${otherwise}"`;
    const rest = so === undefined ? "" : `\n<${name}>\n${so}\n</${name.split(" ")[0] ?? ""}>`;
    return `<If "${holds}">\n${then}\n</If>${rest}`;
  });
const section = fc
  .tuple(
    fc.oneof(
      path.map((one) => ["Location", `<Location ${one}>`] as const),
      fc.constantFrom("/app*", "/*/deep", "/x?").map((one) => ["Location", `<Location "${one}">`] as const),
      fc
        .constantFrom("^/app", "^/(app|x)", "^/m/([0-9]+)$", "gif$")
        .map((one) => ["LocationMatch", `<LocationMatch "${one}">`] as const),
      fc.constant(["Location", "<Location ~ ^/x>"] as const),
      fc
        .constantFrom("*", "balancer://a", "balancer://b/", "balancer://*")
        .map((one) => ["Proxy", `<Proxy ${one}>`] as const),
      fc.constant(["ProxyMatch", "<ProxyMatch ^balancer://[ab]/>"] as const),
      fc.constant(["Directory", "<Directory />"] as const),
    ),
    fc.array(fc.oneof({ weight: 8, arbitrary: inside }, ifSection), { minLength: 1, maxLength: 3 }),
  )
  .map(([[name, opening], lines]) => {
    const body = lines.filter((line) => !line.startsWith("ProxyPass") || name.startsWith("Location"));
    return [opening, ...body, `</${name}>`].join("\n");
  });

const line = fc.oneof(
  { weight: 6, arbitrary: pass },
  { weight: 6, arbitrary: section },
  { weight: 3, arbitrary: rule.map((one) => `RewriteEngine On\n${one}`) },
  redirect,
  environment,
  header,
  document,
  limit,
  ifSection,
  fc.constant("RewriteOptions InheritDown"),
);
const scope = fc.array(line, { minLength: 1, maxLength: 6 });
const host = fc.record({
  addresses: fc.constantFrom(["*:PORT"], ["ADDRESS:PORT"], ["*:*"], ["ADDRESS"], ["*:1", "ADDRESS:PORT"]),
  names: fc.constantFrom(
    [],
    ["ServerName one.x"],
    ["ServerName two.x", "ServerAlias *.two.x one.x"],
    ["ServerName three.x:81"],
  ),
  lines: scope,
});

/** A variable that no line gives a value could be one of httpd's own environment: `flag` is always named. */
const NAMED = "SetEnvIf Request_URI ^/nowhere flag=0";

/** A small configuration of all kinds of lines that stand in front of balancers. */
export const layouts: fc.Arbitrary<Layout> = fc.record({
  main: scope.map((lines) => [NAMED, ...lines]),
  hosts: fc.array(
    host.map(({ addresses, names, lines }) => ({ addresses, lines: [...names, ...lines] })),
    { maxLength: 3 },
  ),
});

/** Requests that meet its kinds from several sides. */
export const requests: fc.Arbitrary<readonly WayRequest[]> = fc.array(
  fc
    .record(
      {
        path: fc.constantFrom(
          ...[
            "/",
            "/app",
            "/app/",
            "/app/deep",
            "/app/deep/er",
            "/appx",
            "/static",
            "/static/a.gif",
            "/x",
            "/x/1",
            "/m/12",
            "/m/x",
            "/y",
          ],
          ...[
            "/app?v=1",
            "/x?v=2&w=",
            "//app//deep",
            "/app/../x",
            "/%61pp/1",
            "/app%2Fdeep",
            "/app/x%2fy%25z",
            "/static%2F%2Fa",
            "/app/a%20b",
            "/app/%3fq",
            "/app/%5B%22%5D^",
            "/./x/./1",
            "/app/deep/../../x",
            "/APP",
            "/x?%41=%2F&v=1",
            "/x??v=1",
            "/elsewhere/app",
            "/x;k=1",
            "/app/a.gif?v=1",
          ],
          `/app/${"l".repeat(60)}`,
        ),
        method: fc.constantFrom(
          "GET",
          "GET",
          "GET",
          "GET",
          "POST",
          "HEAD",
          "PUT",
          "DELETE",
          "OPTIONS",
          "PATCH",
          "PROPFIND",
          "CONNECT",
        ),
        headers: fc.constantFrom<Readonly<Record<string, string>>[]>(
          {},
          {},
          { Cookie: "k=v" },
          { Host: "one.x" },
          { Host: "www.two.x:99" },
          { Upgrade: "websocket" },
          { "X-Flag": "yes", Cookie: "k=v" },
          { "User-Agent": "curl", Host: "nobody" },
          { "X-Long": "l".repeat(70) },
          { A: "1", B: "2", C: "3", D: "4" },
          { Host: "two.x", Cookie: "a=1; k=v; b=2" },
          { Host: "three.x:81", "X-Flag": "yes", A: "2" },
          { Host: "ONE.x.", Upgrade: "WebSocket" },
          { Cookie: "k=v", Authorization: "Basic YTpi" },
        ),
        body: fc.constantFrom(0, 0, 10, 11),
      },
      { requiredKeys: ["path"] },
    )
    .map((request) => (request.method === "CONNECT" ? { ...request, path: "one.x:80", body: 0 } : request))
    .map((request) =>
      request.method === "GET" || request.method === undefined || request.method === "HEAD"
        ? { ...request, body: 0 }
        : request,
    ),
  { minLength: 12, maxLength: 24 },
);
