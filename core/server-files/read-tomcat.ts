import { attributeValue } from "./start-properties.js";
import type { StartProperties } from "./start-properties.js";
import { movedBy, numberIn } from "./file-value.js";
import type { FileValue } from "./file-value.js";
import type { AppListener, AppServerFile, ListedPeer, SessionCopying } from "./server-file.js";
import { elementsIn, firstIn } from "./xml.js";
import type { FileElement } from "./xml.js";

/** What both ends have to agree on, of a Tomcat. */
export type ServerFacts = Pick<AppServerFile, "kind" | "at" | "route" | "hashed" | "listeners" | "copying">;

/**
 * Reads a server.xml as Tomcat 9.0.31 and later take it: an AJP connector is bound to the loopback address and asks for
 * a secret unless it says otherwise (org.apache.coyote.ajp.AbstractAjpProtocol).
 */
export function readTomcat(root: FileElement, known: StartProperties): ServerFacts {
  const engine = firstIn(root, "Engine");
  const offset = numberOf(root, "portOffset", known);
  const route = attributeValue(engine?.attributes.get("jvmRoute"), known);
  return {
    kind: "tomcat",
    at: (engine ?? root).place,
    route: route?.value === "" ? undefined : (route ?? givenRoute(engine ?? root, known)),
    listeners: elementsIn(root)
      .filter(({ name }) => name === "Connector")
      .flatMap((connector) => listenerOf(connector, offset, known)),
    copying: copyingOf(firstIn(root, "Cluster"), known),
  };
}

/** The system property of the same name counts where the element says nothing. */
function givenRoute({ place }: FileElement, known: StartProperties): FileValue<string> | undefined {
  const value = known.get("jvmRoute");
  return value === undefined ? undefined : { value, place };
}

function listenerOf(
  connector: FileElement,
  offset: FileValue<number> | undefined,
  known: StartProperties,
): readonly AppListener[] {
  const { attributes, place } = connector;
  const port = numberOf(connector, "port", known);
  if (port === undefined || port.value === -1) return [];
  const protocol = protocolOf(connector);
  const moved = movedBy(port, offset);
  const address = attributeValue(attributes.get("address"), known);
  if (protocol !== "ajp") return [{ protocol, port: moved, address }];
  const words = attributeValue(attributes.get("secretRequired"), known);
  const required = words === undefined ? { value: true, place } : { ...words, value: truth(words.value) };
  const secret = attributeValue(attributes.get("secret") ?? attributes.get("requiredSecret"), known);
  return [
    {
      protocol,
      port: moved,
      address: address ?? { value: "127.0.0.1", place },
      secret: { required, secret: secret?.value === "" ? undefined : secret },
    },
  ];
}

function truth(value: string | undefined): boolean | undefined {
  return value === undefined ? undefined : /^(true|yes)$/i.test(value);
}

function protocolOf({ attributes }: FileElement): AppListener["protocol"] {
  const protocol = attributes.get("protocol")?.value ?? "HTTP/1.1";
  if (/ajp/i.test(protocol)) return "ajp";
  const encrypted = /^true$/i.test(attributes.get("SSLEnabled")?.value ?? "");
  return encrypted ? "https" : "http";
}

/** Port of a Receiver that names none. */
const RECEIVER = 4000;

/** Sessions that BackupManager keeps: on the node that made it, and one more. */
const TWO_COPIES = 2;

function copyingOf(cluster: FileElement | undefined, known: StartProperties): SessionCopying | undefined {
  if (cluster === undefined) return undefined;
  const receiver = firstIn(cluster, "Receiver");
  const manager = firstIn(cluster, "Manager");
  const channel = firstIn(cluster, "Channel");
  const members = channel === undefined ? [] : elementsIn(channel).filter(({ name }) => name === "Member");
  const list = elementsIn(cluster).find(({ attributes }) =>
    /Static(MembershipInterceptor|MembershipService)$/.test(attributes.get("className")?.value ?? ""),
  );
  const backup = manager?.attributes.get("className");
  const place = (receiver ?? cluster).place;
  return {
    at: cluster.place,
    port: (receiver && numberOf(receiver, "port", known)) ?? { value: RECEIVER, place },
    address: attributeValue(receiver?.attributes.get("address"), known),
    peers: list === undefined ? undefined : members.map((member) => peerOf(member, known)),
    listAt: (list ?? cluster).place,
    copies: /BackupManager$/.test(backup?.value ?? "")
      ? { value: TWO_COPIES, place: backup?.place ?? place }
      : undefined,
  };
}

function peerOf(member: FileElement, known: StartProperties): ListedPeer {
  const nothing = { value: undefined, place: member.place };
  return {
    host: attributeValue(member.attributes.get("host"), known) ?? nothing,
    port: numberOf(member, "port", known) ?? nothing,
  };
}

function numberOf(element: FileElement, name: string, known: StartProperties): FileValue<number> | undefined {
  const value = attributeValue(element.attributes.get(name), known);
  return value === undefined ? undefined : numberIn(value);
}
