import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { madeUpPlaces, rewiredText } from "./places.js";

/** The lines that differ between two texts of the same number of lines. */
function differing(one: string, other: string): readonly string[] {
  const before = one.split("\n");
  const after = other.split("\n");
  expect(after).toHaveLength(before.length);
  return after.filter((line, at) => line !== before[at]);
}

describe("a configuration that is played", () => {
  it.each([
    ["Listen 8080", "Listen 127.1.1.1:18080"],
    ["Listen *:80", "Listen 127.1.1.1:10080"],
    ["Listen [::]:443 https", "Listen 127.1.1.1:10443 https"],
    ["Listen 10.0.0.5:80", "Listen 127.2.2.8:10080"],
    ['ErrorLog "/var/log/x.log"', 'ErrorLog "/play/error.log"'],
    ["ErrorLog syslog:local1", "ErrorLog /play/error.log"],
    ["CustomLog logs/access common env=!x", "CustomLog /play/written-1 common env=!x"],
    ["PidFile run/httpd.pid", "PidFile /play/written-1"],
    ["User apache", "User nobody"],
    ["DocumentRoot /srv/www", "DocumentRoot /documents"],
    ["SSLSessionCache shmcb:/run/x(512000)", "SSLSessionCache shmcb:/play/written-1(512000)"],
    ["SSLCACertificatePath /etc/ssl/certs", 'SSLCACertificateFile "/play/authorities"'],
    ["SSLCARevocationFile /etc/crl", "# SSLCARevocationFile /etc/crl"],
    ["AccessFileName .mine", "AccessFileName .httpd-rehearsal-none"],
    ["ProxySourceAddress 10.0.0.5", "# ProxySourceAddress 10.0.0.5"],
    ["HostnameLookups On", "HostnameLookups Off"],
    ["ProxyPass /a http://a.example/x retry=1", "ProxyPass /a http://127.1.1.1:20001/x retry=1"],
    ["ProxyPass /a ajp://a.example/", "ProxyPass /a ajp://127.1.1.1:20001/"],
    ["ProxyPassMatch ^(/.*)$ http://a:8080$1", "ProxyPassMatch ^(/.*)$ http://127.1.1.1:20001$1"],
    ['SetHandler "proxy:http://a:1"', 'SetHandler "proxy:http://127.1.1.1:20001"'],
    [String.raw`RewriteRule ^/a\\.b http://a:1/ [P]`, String.raw`RewriteRule ^/a\\.b http://127.1.1.1:20001/ [P]`],
    ['RewriteRule "^/a b" http://a:1/ "[L, P]"', 'RewriteRule "^/a b" http://127.1.1.1:20001/ "[L, P]"'],
    ["RewriteRule ^/(.*) http://a:1/$1 [L,P]", "RewriteRule ^/(.*) http://127.1.1.1:20001/$1 [L,P]"],
    ["LoadModule cgi_module modules/mod_cgi.so", "# LoadModule cgi_module modules/mod_cgi.so"],
  ])("has in place of %s: %s", (line, played) => {
    expect(rewiredText(`${line}\n`).main).toBe(`${played}\n`);
  });

  it.each([
    "RewriteRule ^/(.*) http://a:1/$1 [R]",
    String.raw`RewriteRule ^/a\ b http://a:1/ [R]`,
    "RewriteRule ^/(.*) balancer://c/$1 [P]",
    "Redirect / https://elsewhere.example/",
    "ProxyPass /static !",
    "ProxyPassReverse / http://nobody-sends-there.example/",
    'Header set X "http://a:1/"',
    "SSLSessionCache none",
  ])("keeps %s", (line) => {
    expect(rewiredText(`${line}\n`)).toMatchObject({ main: `${line}\n`, rewirings: [], refused: [] });
  });

  it("has one stub for each server: as httpd takes spellings of a host and port for one, and WebSocket for HTTP", () => {
    const { main } = rewiredText(`ProxyPass /a http://A.example/x
ProxyPass /b http://a.example:80/y
ProxyPass /ws ws://a.example/
ProxyPass /c http://a.example:8080/
ProxyPassReverse /b http://a.example:80/y
`);
    expect(main).toBe(`ProxyPass /a http://127.1.1.1:20001/x
ProxyPass /b http://127.1.1.1:20001/y
ProxyPass /ws ws://127.1.1.1:20001/
ProxyPass /c http://127.1.1.1:20002/
ProxyPassReverse /b http://127.1.1.1:20001/y
`);
  });

  it("has every file that is read, each at its own place, in the order it is read", () => {
    const files = {
      "/etc/httpd/conf.d/b.conf": "Listen 82\n",
      "/etc/httpd/conf.d/a.conf": "Listen 81\nIncludeOptional none/*.conf\n",
    };
    const { files: played, rewirings } = rewiredText("# mine\nInclude conf.d/*.conf\nListen 80\n", { files });
    expect(played.map(({ path, text }) => [path, text])).toEqual([
      ["played/httpd.conf", "# mine\nInclude /play/include-0\nListen 127.1.1.1:10080\n"],
      ["include-0/00000-a.conf", "Listen 127.1.1.1:10081\n# IncludeOptional none/*.conf\n"],
      ["include-0/00001-b.conf", "Listen 127.1.1.1:10082\n"],
    ]);
    expect(rewirings.map(({ place, from, to }) => [place.file, place.line, from, to])).toEqual([
      ["/etc/httpd/httpd.conf", 2, "conf.d/*.conf", "/play/include-0"],
      ["/etc/httpd/httpd.conf", 3, "80", "127.1.1.1:10080"],
      ["/etc/httpd/conf.d/a.conf", 1, "81", "127.1.1.1:10081"],
      ["/etc/httpd/conf.d/a.conf", 2, "IncludeOptional none/*.conf", ""],
      ["/etc/httpd/conf.d/b.conf", 1, "82", "127.1.1.1:10082"],
    ]);
  });

  it("writes out a macro only where something in it has to change", () => {
    const macros = `<Macro Site $name $port>
  Listen $port
  ServerName $name
</Macro>
<Macro Harmless $name>
  ServerAdmin $name
</Macro>
`;
    const { main, rewirings } = rewiredText(`${macros}Use Site a.example 81\nUse Harmless x@y\n`);
    expect(main).toBe(`${macros}Listen 127.1.1.1:10081\nServerName a.example\nUse Harmless x@y\n`);
    expect(rewirings.map(({ about, place }) => [about, place.line])).toEqual([
      ["listen", 8],
      ["macro", 8],
    ]);
  });

  it("writes a line out where a variable makes several words of it, and keeps what is switched off", () => {
    const text = `Define MEMBER "http://a:1 retry=1"
Define PORT 81
<IfDefine OTHER>
  Listen 1
</IfDefine>
Listen \${PORT}
<Proxy balancer://c>
  BalancerMember \${MEMBER}
</Proxy>
`;
    expect(differing(text, rewiredText(text).main)).toEqual([
      "Listen 127.1.1.1:10081",
      "  BalancerMember http://127.1.1.1:20001 retry=1",
    ]);
  });

  it("changes the addresses of virtual hosts word by word, and leaves ports that stay as they are", () => {
    const places = madeUpPlaces({ port: (port) => port });
    const text = "<VirtualHost *:80 127.0.0.1:80 [::1]:443 _default_:* www.example:8080>\n</VirtualHost>\n";
    expect(rewiredText(text, { places }).main).toBe(
      "<VirtualHost *:80 127.1.1.1:80 127.2.2.3:443 _default_:* 127.2.2.11:8080>\n</VirtualHost>\n",
    );
  });

  it("divides times where it is sped up, the default of retry included", () => {
    const text = `ProxyTimeout 60
<Proxy balancer://c>
  BalancerMember http://a:1 retry=10
  BalancerMember http://b:1 timeout=5 connectiontimeout=500ms
  ProxySet timeout=5
</Proxy>
`;
    const played = rewiredText(text, { places: madeUpPlaces({ speedup: 5 }) });
    expect(differing(text, played.main)).toEqual([
      "ProxyTimeout 12",
      "  BalancerMember http://127.1.1.1:20001 retry=2",
      "  BalancerMember http://127.1.1.1:20002 timeout=1 connectiontimeout=100ms retry=12",
      "  ProxySet timeout=1",
    ]);
  });
});

describe("what is refused", () => {
  it.each([
    'CustomLog "|/bin/x" common',
    'ErrorLog "| /bin/x"',
    "RewriteMap m prg:/bin/x",
    "RewriteMap m dbd:select",
    "SSLPassPhraseDialog exec:/bin/x",
    "ScriptAlias /cgi-bin/ /usr/lib/cgi-bin/",
    "AddHandler cgi-script .cgi",
    "SetHandler cgi-script",
    "RewriteRule ^ - [H=cgi-script]",
    "Action x /cgi/x",
    "ExtFilterDefine x cmd=/bin/x",
    "LuaHookLog /x.lua f",
    "LoadModule php_module modules/libphp.so",
    "LoadModule proxy_module /tmp/other.so",
    "LoadFile /tmp/x.so",
    "ProxyRemote * http://proxy.example:3128",
    "ProxyRequests On",
    "ProxyPass /a unix:/run/a.sock|http://x/y",
    "ProxyPass /php fcgi://127.0.0.1:9000/",
    "ProxyPassMatch ^/(.*) http://$1",
    "ProxyPassMatch ^/(.*) http://a:80$1",
    "RewriteRule ^/(http://.*) $1 [P]",
    "RewriteRule ^ %{ENV:TARGET} [P]",
    "RewriteRule ^/a /b [P]",
    String.raw`RewriteRule ^/a\ b http://evil.example/ [P]`,
    'RewriteRule ^/a "http://evil.example/\\\\b" "[L, P]"',
    "ProxyPass /a http://a${SUFFIX}/ interpolate",
    "Dav On",
    "RewriteRule ^ http://%{HTTP_HOST}/ [P]",
    "RewriteRule ^/(.*) http://a$1 [P]",
    "SSLOCSPEnable on",
    "SSLSessionCache memcache:other.example:11211",
    "MDomain example.org",
    "DBDriver pgsql",
  ])("%s", (line) => {
    expect(rewiredText(`Listen 80\n${line}\n`).refused).toMatchObject([{ place: { line: 2 }, text: line }]);
  });

  it("is told all at once, also in included files and macros, with the line", () => {
    const files = { "/etc/httpd/x.conf": '\nErrorLog "|x"\n' };
    const { refused } = rewiredText(
      "Include x.conf\n<Macro M>\nScriptAlias /a /b\n</Macro>\nUse M\nScriptAlias /c /d\n",
      { files },
    );
    expect(refused.map(({ place, text }) => `${place.file}:${place.line}: ${text}`)).toEqual([
      '/etc/httpd/x.conf:2: ErrorLog "|x"',
      "/etc/httpd/httpd.conf:5: ScriptAlias /a /b",
      "/etc/httpd/httpd.conf:6: ScriptAlias /c /d",
    ]);
  });
});

describe("law: nothing but what is named is touched", () => {
  const harmless = fc.constantFrom(
    "# Listen 80",
    "",
    "ServerName a.example",
    "  ProxyPreserveHost   On",
    "SetEnv X \\",
    "Header set \"Y\"  'z z'",
    "Timeout 5",
    "\tRequestHeader\tset A b",
  );
  const wired = fc.constantFrom(
    "Listen 80",
    '  ProxyPass "/a"   http://a.example:8080/x  retry=3',
    "ProxyPass /b 'https://b.example/' keepalive=On",
    "  ErrorLog   logs/error_log",
    "SSLCertificateFile \\\n  /etc/ssl/x.pem",
  );
  it("every other byte of a file stays, and the words are quoted as they were", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(harmless, wired), { maxLength: 12 }),
        fc.constantFrom("\n", "\r\n"),
        (lines, end) => {
          const text = lines.map((line) => `${line}${end}`).join("");
          const { main, rewirings } = rewiredText(text);
          // Put back what is told, from the last to the first: the very same file.
          const back = rewirings.reduce((played, { from, to }) => {
            const at = played.indexOf(to);
            expect(at).toBeGreaterThanOrEqual(0);
            return played.slice(0, at) + from + played.slice(at + to.length);
          }, main);
          expect(back.replaceAll("://a.example:8080/x", "://A")).toBe(text.replaceAll("://a.example:8080/x", "://A"));
        },
      ),
      { seed: 20_261_126 },
    );
  });
});
