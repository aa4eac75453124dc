import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { factsText } from "../../../core/server-files/facts-text.js";
import { isUnread, readServerFile } from "../../../core/server-files/read-server-file.js";
import type { NamedText } from "../../../core/server-files/read-server-file.js";
import type { AppServerFile } from "../../../core/server-files/server-file.js";

function server(text: string, more: Partial<NamedText> = {}): AppServerFile {
  const read = readServerFile({ file: "server.xml", text, ...more });
  if (isUnread(read) || read.kind === "workers" || read.kind === "application") throw new Error(JSON.stringify(read));
  return read;
}

const WILDFLY = (binding: string, more = ""): string => `<server xmlns="urn:jboss:domain:20.0">
  <profile>
    <subsystem xmlns="urn:jboss:domain:undertow:14.0">
      <server name="default-server"><http-listener name="default" socket-binding="http"/></server>
    </subsystem>${more}
  </profile>
  <interfaces><interface name="public"><inet-address value="\${jboss.bind.address:127.0.0.1}"/></interface></interfaces>
  <socket-binding-group name="standard-sockets" default-interface="public" port-offset="${binding}">
    <socket-binding name="http" port="\${jboss.http.port:8080}"/>
  </socket-binding-group>
</server>`;

describe("a file of an application server", () => {
  it("gives each value with the place that it is written at", () => {
    const { route, listeners } = server(`<?xml version="1.0"?>
<Server port="-1">
  <Service name="Catalina">
    <Connector port="8009"
               protocol="AJP/1.3"   address='10.0.0.1' secret="a &lt; b"/>
    <Engine name="Catalina" jvmRoute="n1"/>
  </Service>
</Server>
`);
    expect(route).toEqual({ value: "n1", place: { file: "server.xml", line: 6, column: 29 }, unless: undefined });
    const [ajp] = listeners;
    expect(ajp?.port).toMatchObject({ value: 8009, place: { line: 4, column: 16 } });
    expect(ajp?.address).toMatchObject({ value: "10.0.0.1", place: { line: 5, column: 37 } });
    expect(ajp?.secret?.secret).toMatchObject({ value: "a < b", place: { line: 5, column: 56 } });
  });

  it("is read as Tomcat takes it: AJP is on this machine only and asks for a secret, an offset moves ports", () => {
    const { listeners } = server(`<Server portOffset="100"><Service>
      <Connector port="8080"/><Connector port="8443" SSLEnabled="true"/><Connector port="-1" protocol="AJP/1.3"/>
      <Connector port="8009" protocol="org.apache.coyote.ajp.AjpNioProtocol"/></Service></Server>`);
    expect(listeners.map(({ protocol, port }) => [protocol, port.value])).toEqual([
      ["http", 8180],
      ["https", 8543],
      ["ajp", 8109],
    ]);
    expect(listeners.map(({ address }) => address?.value)).toEqual([undefined, undefined, "127.0.0.1"]);
    expect(listeners.at(-1)?.secret).toMatchObject({ required: { value: true }, secret: undefined });
  });

  it("names the property of the start where that decides, and takes what it was told to be started with", () => {
    const text = WILDFLY("${jboss.socket.binding.port-offset:0}");
    const [listener] = server(text).listeners;
    expect(listener).toMatchObject({
      port: { value: 8080, unless: "jboss.socket.binding.port-offset" },
      address: { value: "127.0.0.1", unless: "jboss.bind.address" },
    });
    expect(server(text).route).toMatchObject({ value: undefined, unless: "jboss.node.name" });
    const properties = new Map([
      ["jboss.socket.binding.port-offset", "300"],
      ["jboss.http.port", "8088"],
      ["jboss.bind.address", "0.0.0.0"],
    ]);
    const started = server(text, { node: "n1", properties });
    expect(started.listeners[0]).toMatchObject({
      port: { value: 8388, unless: undefined },
      address: { value: "0.0.0.0", unless: undefined },
    });
    expect(started.route).toMatchObject({ value: "n1", unless: undefined });
  });

  it("reads what a script of jboss-cli changes", () => {
    const { listeners, route, copying } = server(
      `embed-server --server-config=standalone-ha.xml
/socket-binding-group=standard-sockets:write-attribute(name=port-offset,value=400)
/subsystem=undertow:write-attribute(name=instance-id,value=n3)
/socket-binding-group=standard-sockets/remote-destination-outbound-socket-binding=jg-n1:add(host=app1,port=7900)
/subsystem=jgroups/stack=tcp/protocol=TCPPING:add(add-index=1,socket-bindings=[jg-n1])
/subsystem=infinispan/cache-container=web/distributed-cache=dist:write-attribute(name=owners,value=3)
`,
      { file: "n3.cli" },
    );
    expect(listeners[0]?.port.value).toBe(8480);
    expect(route).toMatchObject({ value: "n3", place: { file: "n3.cli", line: 3 } });
    expect(copying).toMatchObject({ port: { value: 8000 }, copies: { value: 3 } });
    // The offset moves no outbound port.
    expect(copying?.peers).toMatchObject([{ host: { value: "app1" }, port: { value: 7900 } }]);
  });

  it("says in one sentence what was read, and no secret", () => {
    const read = server(
      `<Server><Connector port="8009" protocol="AJP/1.3" secret="hidden"/><Engine jvmRoute="n1"/></Server>`,
    );
    expect(factsText(read)).toBe(
      "Tomcat; sessions end with 'n1'; speaks ajp at 8009 of '127.0.0.1'; sessions are not copied",
    );
  });

  it.each([
    ["an entity of its own", `<!DOCTYPE a [<!ENTITY x "y">]><Server><Engine jvmRoute="&x;"/></Server>`, "entity"],
    ["elements too deep", "<Server>".repeat(200), "more than 100"],
    ["no end", `<Server><Service>`, "unclosed tag"],
    ["no XML", "worker.list=a", "text data outside of root node"],
    ["another root", "<project/>", "<project> is the outermost element"],
    ["nothing", "", "document must contain a root element"],
    ["a host.xml", `<host xmlns="urn:jboss:domain:20.0"/>`, "<host> is the outermost element"],
  ])("with %s is refused at its place", (_, text, why) => {
    const read = readServerFile({ file: "server.xml", text });
    expect(isUnread(read) && read.why).toContain(why);
    expect(isUnread(read) && read.place.file).toBe("server.xml");
  });

  it("writes no entity out a thousand times: a billion laughs are refused", () => {
    const levels = Array.from({ length: 9 }, (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`);
    const text = `<!DOCTYPE a [<!ENTITY l0 "ha">${levels.join("")}]><Server><Engine jvmRoute="&l9;"/></Server>`;
    expect(isUnread(readServerFile({ file: "server.xml", text }))).toBe(true);
  });

  it("is read or refused, whatever it is", () => {
    const parts = fc.constantFrom(
      ...["<Server", ">", "/>", ' port="', '"', "${", "}", ":", "<Engine", "</Server>", "&", "<!--", "\n", "n1", "]]>"],
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 40 }), (words) => {
        const read = readServerFile({ file: "server.xml", text: words.join("") });
        expect(isUnread(read) ? read.why.length : read.text.length).toBeGreaterThan(0);
      }),
      { seed: 15, numRuns: 500 },
    );
  });

  it("ends with expressions that never end", () => {
    const text = `<Server><Engine jvmRoute="${"${a:".repeat(60)}${"}".repeat(60)}"/></Server>`;
    expect(server(text).route?.value).toBeUndefined();
  });
});
