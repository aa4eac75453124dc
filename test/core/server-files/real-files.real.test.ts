import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readServerFile } from "../../../core/server-files/read-server-file.js";
import { serverIn } from "../../support/server-file.js";
import { describeUnpacked } from "../../support/unpacked.js";

describeUnpacked("the files of Debian's Tomcat 10", ["tomcat10"], [], (root) => {
  const folder = join(root, "usr/share/tomcat10/etc");

  test("are read: one port for HTTP, no route, nothing copied", () => {
    const { kind, listeners, route, copying } = serverIn(join(folder, "server.xml"));
    expect([kind, route, copying]).toEqual(["tomcat", undefined, undefined]);
    expect(listeners.map(({ protocol, port, address }) => [protocol, port.value, address])).toEqual([
      ["http", 8080, undefined],
    ]);
  });

  test("hold a web.xml of all applications, whose sessions stay where they are", () => {
    const file = join(folder, "web.xml");
    expect(readServerFile({ file, text: readFileSync(file, "utf8") })).toMatchObject({ distributable: false });
  });
});
