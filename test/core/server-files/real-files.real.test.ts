import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isUnread, readServerFile } from "../../../core/server-files/read-server-file.js";
import type { AppServerFile } from "../../../core/server-files/server-file.js";
import { describeUnpacked, describeWildFly } from "../../support/unpacked.js";

function server(path: string, properties: Readonly<Record<string, string>> = {}): AppServerFile {
  const read = readServerFile({
    file: path,
    text: readFileSync(path, "utf8"),
    properties: new Map(Object.entries(properties)),
  });
  if (isUnread(read) || read.kind === "workers" || read.kind === "application") throw new Error(JSON.stringify(read));
  return read;
}

describeUnpacked("the files of Debian's Tomcat 10", ["tomcat10"], [], (root) => {
  const folder = join(root, "usr/share/tomcat10/etc");

  test("are read: one port for HTTP, no route, nothing copied", () => {
    const { kind, listeners, route, copying } = server(join(folder, "server.xml"));
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

describeWildFly("the files of WildFly 39", [], (root) => {
  const folder = join(root, "standalone/configuration");

  test("are read: ports that an offset moves, a name that the start says, two copies by multicast", () => {
    const { listeners, route, copying } = server(join(folder, "standalone-ha.xml"), {
      "jboss.node.name": "node2",
      "jboss.socket.binding.port-offset": "500",
    });
    expect(listeners.map(({ protocol, port }) => [protocol, port.value])).toEqual([
      ["ajp", 8509],
      ["http", 8580],
      ["https", 8943],
    ]);
    expect(listeners[1]?.address).toMatchObject({ value: "127.0.0.1", unless: "jboss.bind.address" });
    expect(route?.value).toBe("node2");
    expect(copying).toMatchObject({ copies: { value: 2 }, port: { value: 55_700 } });
    expect(copying?.peers).toBeUndefined();
  });

  test("copy nothing where they are not those of a group", () => {
    expect(server(join(folder, "standalone.xml")).copying).toBeUndefined();
  });

  test("are read, each of them, with a place in the file for every value", () => {
    const names = readdirSync(folder).filter((name) => /^standalone.*\.xml$/.test(name));
    expect(names.length).toBeGreaterThanOrEqual(4);
    for (const name of names) {
      const { listeners, at } = server(join(folder, name));
      const lines = readFileSync(join(folder, name), "utf8").split("\n");
      for (const { port } of listeners) expect(lines[port.place.line - 1]).toMatch(/socket-binding name=.* port=/);
      expect(lines[at.line - 1]).toContain("undertow");
    }
  });
});
