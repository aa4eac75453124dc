import { describe, expect, it } from "vitest";
import { testConf } from "../../../../core/conf/run/configtest.js";
import { NO_FILES } from "../../../../core/conf/run/reader.js";
import type { ConfReader } from "../../../../core/conf/run/reader.js";
import { LAYOUTS } from "../../../../core/vocabulary/layouts.js";
import type { LayoutName } from "../../../../core/vocabulary/layouts.js";

const NAMES = Object.keys(LAYOUTS) as LayoutName[];

function refusalIn(text: string, options: { layout?: LayoutName; reader?: ConfReader; elsewhere?: boolean } = {}) {
  return testConf({ path: "httpd.conf", text, reader: NO_FILES, ...options }).error?.message;
}

describe("which modules are in the program", () => {
  it.each(NAMES)("is said by the layout %s: a line that loads one of them is refused, any other is not", (layout) => {
    for (const name of LAYOUTS.debian.builtIn) {
      const built = (LAYOUTS[layout].builtIn as readonly string[]).includes(name);
      const line = `LoadModule ${name}_module modules/mod_${name}.so\n`;
      expect(refusalIn(line, { layout })?.includes("is built-in") ?? false).toBe(built);
    }
  });

  it.each(NAMES)("is declared by the ServerRoot of %s", (layout) => {
    const reader: ConfReader = { ...NO_FILES, readFolder: () => ["mod_unixd.so"] };
    for (const root of [LAYOUTS[layout].serverRoot, `"${LAYOUTS[layout].serverRoot}/"`]) {
      const text = `ServerRoot ${root}\nLoadModule unixd_module modules/mod_unixd.so\n`;
      expect(refusalIn(text, { reader, elsewhere: true }) === undefined).toBe(layout !== "debian");
    }
  });

  it("and its directives are there only once it is loaded, where it is not in the program", () => {
    const log = 'CustomLog logs/a "%h"\n';
    const other = "LoadModule alias_module modules/mod_alias.so\n";
    expect(refusalIn(other + log, { layout: "rhel" })).toContain("Invalid command 'CustomLog'");
    const load = "LoadModule log_config_module modules/mod_log_config.so\n";
    expect(refusalIn(load + log, { layout: "rhel" })).toBeUndefined();
    expect(refusalIn(other + log, { layout: "debian" })).toBeUndefined();
  });

  it("a module of others that only this machine lacks is no fault of a file that runs elsewhere", () => {
    const reader: ConfReader = { ...NO_FILES, readFolder: () => ["mod_alias.so"] };
    const text = "LoadModule manager_module /opt/modules/mod_manager.so\n";
    expect(refusalIn(text, { reader })).toContain("cannot open shared object file");
    expect(refusalIn(text, { reader, elsewhere: true })).toBeUndefined();
    const own = text.replaceAll("manager", "nothere");
    expect(refusalIn(own, { reader, elsewhere: true })).toContain("cannot open shared object file");
  });
});
