import type { SourcePlace } from "../vocabulary/place.js";
import { attributeValue, resolved } from "./start-properties.js";
import type { StartProperties } from "./start-properties.js";
import type { FileValue } from "./file-value.js";
import type { ListedPeer } from "./server-file.js";
import type { OutboundBinding, SocketBinding, WildFlyCopying, WildFlySettings } from "./wildfly-settings.js";
import { elementsIn, firstIn } from "./xml.js";
import type { FileElement } from "./xml.js";

/** Elements of undertow that listen. */
const LISTENERS = { "http-listener": "http", "https-listener": "https", "ajp-listener": "ajp" } as const;

/** Sessions that a distributed cache keeps where it does not say. */
const OWNERS = "2";

/** Reads a standalone.xml, as WildFly 39 and earlier write it. */
export function readWildFly(root: FileElement, known: StartProperties): WildFlySettings {
  const undertow = subsystem(root, "undertow");
  const group = firstIn(root, "socket-binding-group");
  const get = (element: FileElement | undefined, name: string): FileValue<string> | undefined =>
    attributeValue(element?.attributes.get(name), known);
  const hashed = undertow?.attributes.get("obfuscate-session-route");
  return {
    at: (undertow ?? root).place,
    offset: get(group, "port-offset"),
    route: get(undertow, "instance-id") ?? nodeName((undertow ?? root).place, known),
    hashed: hashed?.value === "true" ? hashed.place : undefined,
    bindings: bindingsIn(group, known),
    networks: networksIn(root, known),
    listeners: (undertow === undefined ? [] : elementsIn(undertow)).flatMap((element) => {
      if (!isListener(element.name)) return [];
      const protocol = LISTENERS[element.name];
      const binding = element.attributes.get("socket-binding")?.value ?? protocol;
      return element.attributes.get("enabled")?.value === "false" ? [] : [{ protocol, binding }];
    }),
    outbound: outboundIn(group, known),
    copying: copyingIn(root, known),
  };
}

/** instance-id is `${jboss.node.name}` where it is not set, and that is the host's name unless the start says it. */
export function nodeName(place: SourcePlace, known: StartProperties): FileValue<string> {
  return { ...resolved("${jboss.node.name}", known), place };
}

function isListener(name: string): name is keyof typeof LISTENERS {
  return Object.hasOwn(LISTENERS, name);
}

function subsystem(root: FileElement, name: string): FileElement | undefined {
  return elementsIn(root).find(
    (element) =>
      element.name === "subsystem" &&
      (element.attributes.get("xmlns")?.value ?? "").startsWith(`urn:jboss:domain:${name}:`),
  );
}

function bindingsIn(group: FileElement | undefined, known: StartProperties): ReadonlyMap<string, SocketBinding> {
  const usual = group?.attributes.get("default-interface")?.value ?? "public";
  const found = (group?.children ?? []).flatMap((element): readonly (readonly [string, SocketBinding])[] => {
    const port = attributeValue(element.attributes.get("port"), known);
    if (element.name !== "socket-binding" || port === undefined) return [];
    const network = element.attributes.get("interface")?.value ?? usual;
    return [[element.attributes.get("name")?.value ?? "", { port, network }]];
  });
  return new Map(found);
}

function networksIn(root: FileElement, known: StartProperties): ReadonlyMap<string, FileValue<string> | undefined> {
  const networks = elementsIn(root).filter(({ name, attributes }) => name === "interface" && attributes.has("name"));
  return new Map(
    networks.map((network) => {
      const address = firstIn(network, "inet-address");
      const loopback = firstIn(network, "loopback");
      const own = attributeValue(address?.attributes.get("value"), known);
      const usual = loopback === undefined ? undefined : { value: "127.0.0.1", place: loopback.place };
      return [network.attributes.get("name")?.value ?? "", own ?? usual] as const;
    }),
  );
}

function outboundIn(group: FileElement | undefined, known: StartProperties): ReadonlyMap<string, OutboundBinding> {
  const found = (group?.children ?? []).flatMap((element): readonly (readonly [string, OutboundBinding])[] => {
    const remote = firstIn(element, "remote-destination");
    const host = attributeValue(remote?.attributes.get("host"), known);
    const port = attributeValue(remote?.attributes.get("port"), known);
    if (host === undefined || port === undefined) return [];
    return [[element.attributes.get("name")?.value ?? "", { host, port }]];
  });
  return new Map(found);
}

/** Sessions go to others where their cache is one that goes over a channel. */
function copyingIn(root: FileElement, known: StartProperties): WildFlyCopying | undefined {
  const web = elementsIn(root).find(
    ({ name, attributes }) => name === "cache-container" && attributes.get("name")?.value === "web",
  );
  const wanted = web?.attributes.get("default-cache")?.value;
  const cache = web?.children.find(
    ({ name, attributes }) =>
      (name === "distributed-cache" || name === "replicated-cache") && attributes.get("name")?.value === wanted,
  );
  const stack = stackOf(subsystem(root, "jgroups"));
  if (cache === undefined || stack === undefined) return undefined;
  const owners = attributeValue(cache.attributes.get("owners"), known);
  const list = elementsIn(stack).find(({ attributes }) => attributes.get("type")?.value === "TCPPING");
  return {
    at: cache.place,
    binding: firstIn(stack, "transport")?.attributes.get("socket-binding")?.value ?? "jgroups-tcp",
    listed: list?.attributes
      .get("socket-bindings")
      ?.value.split(/[\s,]+/)
      .filter((name) => name !== ""),
    peers: list === undefined ? [] : initialHosts(list),
    listAt: (list ?? stack).place,
    owners: cache.name === "replicated-cache" ? undefined : (owners ?? { value: OWNERS, place: cache.place }),
  };
}

/** The stack of the channel that is used where none is named. */
function stackOf(jgroups: FileElement | undefined): FileElement | undefined {
  if (jgroups === undefined) return undefined;
  const channels = firstIn(jgroups, "channels");
  const usual = channels?.attributes.get("default")?.value;
  const channel = channels?.children.find(({ attributes }) => attributes.get("name")?.value === usual);
  const stacks = firstIn(jgroups, "stacks");
  const wanted = channel?.attributes.get("stack")?.value ?? stacks?.attributes.get("default")?.value;
  return stacks?.children.find(({ attributes }) => attributes.get("name")?.value === wanted);
}

/** `host[port]`, as older releases list them in a property. */
function initialHosts(list: FileElement): readonly ListedPeer[] {
  const property = elementsIn(list).find(({ attributes }) => attributes.get("name")?.value === "initial_hosts");
  const { place, text } = property ?? { place: list.place, text: "" };
  return [...text.matchAll(/([^\s,[\]]+)\[(\d+)\]/g)].map(([, host, port]) => ({
    host: { value: host, place },
    port: { value: Number(port), place },
  }));
}
