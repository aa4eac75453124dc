import type { SourcePlace } from "../vocabulary/place.js";
import { resolved } from "./start-properties.js";
import type { StartProperties } from "./start-properties.js";
import type { FileValue } from "./file-value.js";
import { nodeName } from "./read-wildfly.js";
import type { OutboundBinding, SocketBinding, WildFlySettings } from "./wildfly-settings.js";

/** Addresses of a script that say what both ends have to agree on; the last operation on one counts. */
const OFFSET = /^\/socket-binding-group=[^:/]+:write-attribute\(name=port-offset,value=([^,)]+)\)/;
const INSTANCE = /^\/subsystem=undertow:write-attribute\(name=instance-id,value=([^,)]+)\)/;
const PORT = /^\/socket-binding-group=[^:/]+\/socket-binding=([^:/]+):write-attribute\(name=port,value=([^,)]+)\)/;
const OUTBOUND =
  /^\/socket-binding-group=[^:/]+\/remote-destination-outbound-socket-binding=([^:/]+):add\(host=([^,)]+),port=([^,)]+)\)/;
const LIST = /^\/subsystem=jgroups\/stack=[^:/]+\/protocol=TCPPING:add\(.*socket-bindings=\[([^\]]*)\]/;
const OWNERS = /\/distributed-cache=[^:/]+:write-attribute\(name=owners,value=([^,)]+)\)/;

/** What standalone-ha.xml has before a script changes it; AJP is not among it, as releases differ. */
const PORTS = { http: "8080", https: "8443", "jgroups-tcp": "7600" } as const;

/** Reads a script of jboss-cli that changes a standalone-ha.xml, operation by operation. */
export function readWildFlyScript(text: string, file: string, known: StartProperties): WildFlySettings {
  const lines = text
    .split(/\r?\n/)
    .map((line, index) => ({ line: line.trim(), place: { file, line: index + 1, column: 1 } }));
  const value = (word: string, place: SourcePlace): FileValue<string> => {
    return { ...resolved(word.replace(/^"(.*)"$/, "$1"), known), place };
  };
  const all = (form: RegExp): readonly (readonly [RegExpExecArray, SourcePlace])[] =>
    lines.flatMap(({ line, place }) => {
      const match = form.exec(line);
      return match === null ? [] : [[match, place] as const];
    });
  const last = (form: RegExp): FileValue<string> | undefined => {
    const found = all(form).at(-1);
    return found === undefined ? undefined : value(found[0][1] ?? "", found[1]);
  };
  const at = { file, line: 1, column: 1 };
  const list = all(LIST).at(-1);
  return {
    at,
    offset: last(OFFSET) ?? value("${jboss.socket.binding.port-offset:0}", at),
    route: last(INSTANCE) ?? nodeName(at, known),
    hashed: undefined,
    bindings: bindingsOf(
      all(PORT).map(([match, place]) => [match[1] ?? "", value(match[2] ?? "", place)]),
      at,
    ),
    // Where it listens stands in how it is started.
    networks: new Map([["public", value("${jboss.bind.address}", at)]]),
    listeners: [
      { protocol: "http", binding: "http" },
      { protocol: "https", binding: "https" },
    ],
    outbound: new Map(
      all(OUTBOUND).map(([match, place]): readonly [string, OutboundBinding] => [
        match[1] ?? "",
        { host: value(match[2] ?? "", place), port: value(match[3] ?? "", place) },
      ]),
    ),
    copying: {
      at,
      binding: "jgroups-tcp",
      listed: list?.[0][1]?.split(",").map((name) => name.trim()),
      peers: [],
      listAt: list?.[1] ?? at,
      owners: last(OWNERS) ?? { value: "2", place: at },
    },
  };
}

function bindingsOf(
  changed: readonly (readonly [string, FileValue<string>])[],
  place: SourcePlace,
): ReadonlyMap<string, SocketBinding> {
  const usual = Object.entries(PORTS).map(([name, port]) => [name, { value: port, place }] as const);
  return new Map([...usual, ...changed].map(([name, port]) => [name, { port, network: "public" }]));
}
