import { describe, expect, test } from "vitest";
import { expand } from "../../../../core/conf/run/expand.js";
import { originOf } from "../../../../core/conf/run/executed.js";
import type { ConfError, Executed, Expansion } from "../../../../core/conf/run/executed.js";
import type { ConfReader } from "../../../../core/conf/run/reader.js";

/** A reader over paths and texts; folders are what the paths imply. */
function files(given: Readonly<Record<string, string>>): ConfReader {
  return {
    readText: (path) => given[path],
    readFolder(path) {
      const base = path === "/" ? "/" : `${path}/`;
      const names = Object.keys(given)
        .filter((name) => name.startsWith(base))
        .map((name) => name.slice(base.length).split("/")[0]!);
      return names.length === 0 ? undefined : [...new Set(names)];
    },
  };
}

function read(given: Readonly<Record<string, string>>, path = "/etc/httpd/httpd.conf"): Expansion {
  return expand({ path, text: given[path]!, reader: files(given) });
}

function readOne(text: string): Expansion {
  return read({ "/etc/httpd/httpd.conf": `LoadModule proxy_module modules/mod_proxy.so\n${text}` });
}

function outline(directives: readonly Executed[]): unknown[] {
  return directives.map((one) =>
    one.section ? [`<${one.name} ${one.args}`, ...outline(one.children)] : `${one.name} ${one.args}`.trim(),
  );
}

function complaint(expansion: Expansion): Pick<ConfError, "line" | "message"> {
  return { line: expansion.error!.line!, message: expansion.error!.message };
}

describe("conditions", () => {
  test("hold for modules loaded above, by symbol and by source, in exact case", () => {
    const { directives } = readOne(
      "<IfModule proxy_module>\nA\n</IfModule>\n<IfModule mod_proxy.c>\nB\n</IfModule>\n<IfModule MOD_PROXY.C>\nC\n</IfModule>\n" +
        "<IfModule !mod_ssl.c>\nD\n</IfModule>\nLoadModule ssl_module modules/mod_ssl.so\n<IfModule ssl_module>\nE\n</IfModule>\n",
    );
    expect(outline(directives)).toEqual(["A", "B", "D", "E"]);
  });

  test("keep what stands in them in the section around them", () => {
    const { directives } = readOne("<Proxy balancer://c>\n<IfDefine !X>\nBalancerMember a\n</IfDefine>\n</Proxy>\n");
    expect(outline(directives)).toEqual([["<Proxy balancer://c>", "BalancerMember a"]]);
    expect(directives[0]!.children[0]!.parent).toBe(directives[0]);
  });

  test("may be left open at the end of the file when they hold, not when they do not", () => {
    expect(readOne("<IfModule mod_proxy.c>\nA").error).toBeUndefined();
    expect(complaint(readOne("<IfModule nope.c>\nA"))).toEqual({
      line: 2,
      message: "Expected </IfModule> before end of configuration",
    });
  });

  test("skip sections in balance", () => {
    expect(readOne("<IfModule nope.c>\n<A>\n</A>\n</IfModule>\nB").error).toBeUndefined();
    expect(complaint(readOne("<IfModule nope.c>\n<A>\n</B>\n</IfModule>"))).toEqual({
      line: 2,
      message: "Expected </A> but saw </B>",
    });
  });

  test("compare versions", () => {
    const versions = ["2.4", ">= 2.4", "< 2.4.71", "~ ^2\\.4", "!= 2.4.71"].map(
      (words) => `<IfVersion ${words}>\n${words}\n</IfVersion>\n`,
    );
    expect(readOne(versions[1]! + versions[3]!).directives.map((one) => one.name)).toEqual([">=", "~"]);
    expect(readOne(versions[0]! + versions[2]!).directives).toEqual([]);
  });
});

describe("variables", () => {
  test("are replaced once, names in any case, unknown ones stay", () => {
    const expansion = readOne("Define Port 80${x}\nListen ${PORT} ${nope} $x ${\nUnDefine Port\nListen ${Port}");
    expect(outline(expansion.directives)).toEqual(["Listen 80${x} ${nope} $x ${", "Listen ${Port}"]);
    expect([...expansion.undefinedVariables].sort()).toEqual(["Port", "nope", "x"]);
  });

  test("fall back to the environment", () => {
    const path = "/c";
    const given = { path, text: "Listen ${PORT}", reader: files({}), environment: { PORT: "81" } };
    expect(outline(expand(given).directives)).toEqual(["Listen 81"]);
  });
});

describe("includes", () => {
  test("read the Debian tree in httpd's order", () => {
    const expansion = read(
      {
        "/etc/apache2/apache2.conf":
          "IncludeOptional mods-enabled/*.load\nIncludeOptional mods-enabled/*.conf\nInclude ports.conf\nIncludeOptional sites-enabled/*.conf\n",
        "/etc/apache2/ports.conf": "Listen 80\n<IfModule ssl_module>\nListen 443\n</IfModule>",
        "/etc/apache2/mods-enabled/ssl.load": "LoadModule ssl_module /usr/lib/apache2/modules/mod_ssl.so",
        "/etc/apache2/mods-enabled/proxy.load": "LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so",
        "/etc/apache2/mods-enabled/.hidden.load": "Nonsense",
        "/etc/apache2/sites-enabled/b.conf": "B 1",
        "/etc/apache2/sites-enabled/a.conf": "A 1",
      },
      "/etc/apache2/apache2.conf",
    );
    expect(expansion.error).toBeUndefined();
    expect(outline(expansion.directives)).toEqual(["Listen 80", "Listen 443", "A 1", "B 1"]);
    expect(expansion.fragment).toBe(false);
    expect(expansion.modules.has("ssl_module")).toBe(true);
    expect(expansion.modules.has("status_module")).toBe(false);
    expect(expansion.sources.map((source) => source.name)).toEqual([
      "/etc/apache2/apache2.conf",
      "/etc/apache2/mods-enabled/proxy.load",
      "/etc/apache2/mods-enabled/ssl.load",
      "/etc/apache2/ports.conf",
      "/etc/apache2/sites-enabled/a.conf",
      "/etc/apache2/sites-enabled/b.conf",
    ]);
  });

  test("read the RHEL tree below its ServerRoot", () => {
    const expansion = read(
      {
        "/etc/httpd/conf/httpd.conf":
          'ServerRoot "/etc/httpd"\nInclude conf.modules.d/*.conf\nIncludeOptional conf.d/*.conf',
        "/etc/httpd/conf.modules.d/00-proxy.conf": "LoadModule proxy_module modules/mod_proxy.so",
      },
      "/etc/httpd/conf/httpd.conf",
    );
    expect(expansion.error).toBeUndefined();
    expect(expansion.modules.has("proxy_module")).toBe(true);
  });

  test("put their directives into the section they stand in, with their own origin", () => {
    const { directives } = read({
      "/etc/httpd/httpd.conf": "<Proxy balancer://c>\n  Include members.conf\n</Proxy>",
      "/etc/httpd/members.conf": "# members\n  BalancerMember http://a\n",
    });
    const member = directives[0]!.children[0]!;
    expect(originOf(member)).toEqual({ file: "/etc/httpd/members.conf", line: 2, column: 3 });
    expect(member.parent?.name).toBe("Proxy");
  });

  test("name the chain that led to a fault", () => {
    const expansion = read({
      "/etc/httpd/httpd.conf": "\nInclude a",
      "/etc/httpd/a": "\n\nInclude b",
      "/etc/httpd/b": "</Proxy>",
    });
    expect(complaint(expansion)).toEqual({
      line: 2,
      message:
        "Syntax error on line 3 of /etc/httpd/a: Syntax error on line 1 of /etc/httpd/b: </Proxy> without matching <Proxy> section",
    });
  });

  test("that are missing or go round in circles are faults", () => {
    expect(complaint(readOne("Include nope.conf")).message).toBe(
      "Could not open configuration file /etc/httpd/nope.conf: No such file or directory",
    );
    expect(readOne("IncludeOptional nope.conf\nIncludeOptional no/*.conf").error).toBeUndefined();
    const circle = read({ "/etc/httpd/httpd.conf": "Include httpd.conf" });
    expect(circle.error!.message).toMatch(/Exceeded maximum include depth of 128, There appears to be a recursion\.$/);
  });
});

describe("macros", () => {
  const load = "LoadModule macro_module modules/mod_macro.so\n";

  test("are written out where they are used, the longest parameter first", () => {
    const { directives } = readOne(
      `${load}<Macro Host $n $name>\n<VirtualHost $n>\nServerName $name\n</VirtualHost>\n</Macro>\nUse host *:80 a.example\n`,
    );
    expect(outline(directives)).toEqual([["<VirtualHost *:80>", "ServerName a.example"]]);
    expect(originOf(directives[0]!.children[0]!)).toEqual({ file: "/etc/httpd/httpd.conf", line: 8, column: 1 });
  });

  test("must not use themselves", () => {
    expect(readOne(`${load}<Macro m>\nUse m\n</Macro>\nUse m`).error!.message).toBe(
      "recursive use of macro 'm' is invalid",
    );
  });
});

describe("a fragment", () => {
  test("without a LoadModule line has every module loaded", () => {
    const expansion = read({ "/etc/httpd/httpd.conf": "<IfModule mod_proxy.c>\nA\n</IfModule>" });
    expect(expansion.fragment).toBe(true);
    expect(outline(expansion.directives)).toEqual(["A"]);
  });
});

describe("nesting", () => {
  test("of any depth is read without recursion", () => {
    const depth = 50_000;
    const conditions = `${"<IfModule mod_proxy.c>\n".repeat(depth)}A\n${"</IfModule>\n".repeat(depth)}`;
    expect(outline(readOne(conditions).directives)).toEqual(["A"]);
    expect(readOne("<Proxy a>\n".repeat(depth)).error!.line).toBe(2);
    expect(readOne("<IfModule nope.c>\n".repeat(depth)).error!.line).toBe(2);
  });
});
