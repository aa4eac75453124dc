import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fillText } from "../../../core/render/files.js";
import { renderServer } from "../../../core/render/render.js";
import { modulesOfLine } from "../../../core/topology/line-modules.js";
import { buildTopology } from "../../../core/topology/build.js";
import { component, describeReal } from "../../support/real.js";

const inside = (...lines: readonly string[]): readonly string[] => ["<Location /x>", ...lines, "</Location>"];

/** Lines of an escape hatch by a module that only their arguments, or only their directive, name. */
const LINES: readonly (readonly [string, readonly string[]])[] = [
  ["deflate", ["AddOutputFilterByType DEFLATE text/html"]],
  ["deflate", ["SetOutputFilter deflate;INCLUDES"]],
  ["brotli", ["AddOutputFilterByType BROTLI_COMPRESS text/html"]],
  ["substitute", inside("AddOutputFilterByType SUBSTITUTE text/html", 'Substitute "s|a|b|"')],
  ["ssl", ['CustomLog /dev/null "%h %{SSL_PROTOCOL}x"']],
  ["logio", ['LogFormat "%I %O %S" bytes']],
  ["authz_user", inside("AuthType Basic", "AuthName x", "AuthUserFile /dev/null", "Require valid-user")],
  ["authz_groupfile", inside("AuthType Basic", "AuthName x", "AuthGroupFile /dev/null", "Require group staff")],
  ["authn_file", inside("AuthType Basic", "AuthName x", "AuthBasicProvider file", "Require all granted")],
  ["auth_digest", inside("AuthType Digest", "AuthName x", "AuthDigestProvider file", "Require valid-user")],
  [
    "authn_anon",
    inside("AuthType Basic", "AuthName x", "AuthBasicProvider anon", 'Anonymous "*"', "Require valid-user"),
  ],
  ["socache_shmcb", ["SSLSessionCache shmcb:/tmp/line-modules(512000)"]],
  ["session_cookie", inside("Session On", "SessionCookieName session path=/")],
  ["cache_disk", ["CacheEnable disk /", "CacheRoot /tmp"]],
  ["info", inside("SetHandler server-info", "Require local")],
  ["proxy_fcgi", inside('SetHandler "proxy:fcgi://127.0.0.1:9000"', "Require local")],
  ["expires", ["ExpiresActive On", 'ExpiresByType text/css "access plus 1 day"']],
  ["remoteip", ["RemoteIPHeader X-Forwarded-For", "RemoteIPInternalProxy 10.0.0.0/8"]],
  ["reqtimeout", ["RequestReadTimeout header=20-40,MinRate=500"]],
  ["vhost_alias", ["VirtualDocumentRoot /srv/%0"]],
  ["autoindex", inside("IndexOptions FancyIndexing")],
  ["dav_fs", ["DavLockDB /tmp/line-modules"]],
  ["xml2enc", ["xml2EncDefault utf-8"]],
  ["ext_filter", ["ExtFilterDefine upper mode=output cmd=/bin/cat"]],
  ["access_compat", inside("Order deny,allow", "Deny from all")],
];

function confWith(extra: readonly string[]): string {
  const built = buildTopology({ servers: [{ name: "web", listen: [{ port: 19_999 }], mounts: [], extra }] });
  const [server] = built.servers;
  if (server === undefined) throw new Error("no server");
  const [file] = renderServer(built, server);
  return fillText(file?.text ?? "", ({ deferred }) => deferred);
}

describe("modules of lines that are written as they are", () => {
  it.each(LINES)("name %s", (module, lines) => {
    expect(lines.flatMap(modulesOfLine)).toContain(module);
  });

  it("choose no MPM, and name none for the core", () => {
    expect(
      ["MaxRequestWorkers 10", "AsyncRequestWorkerFactor 3", "ErrorDocument 404 /x", "</Location>"].flatMap(
        modulesOfLine,
      ),
    ).toEqual([]);
  });
});

describeReal("a rendering with lines that are written as they are", ["apache2"], () => {
  it.each(LINES.map(([module, lines]) => ({ module, lines })))(
    "loads $module and all it needs, in an order that httpd takes",
    ({ module, lines }) => {
      const folder = mkdtempSync(join(tmpdir(), "line-modules-"));
      try {
        const file = join(folder, "httpd.conf");
        const text = confWith(lines).replace(
          /^(?:ServerRoot|PidFile|DefaultRuntimeDir|ErrorLog|CustomLog) \S*\/\S*(?: common)?$/gm,
          "",
        );
        writeFileSync(
          file,
          `ServerRoot "${folder}"\nPidFile "${folder}/pid"\nErrorLog "${folder}/log"\nServerName x\n${text}`,
        );
        const { stderr } = spawnSync(component("apache2"), ["-t", "-f", file], { encoding: "utf8" });
        expect(text).toContain(`LoadModule ${module}_module`.replace("logio", "authz_core"));
        expect(stderr.trim(), text).toBe("Syntax OK");
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  );
});
