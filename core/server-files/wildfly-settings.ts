import type { SourcePlace } from "../vocabulary/place.js";
import type { FileValue } from "./file-value.js";
import type { ServerFacts } from "./read-tomcat.js";
import { movedBy, numberIn } from "./file-value.js";
import type { AppListener, ListedPeer, SessionCopying } from "./server-file.js";

/** A port that WildFly has a name for. */
export interface SocketBinding {
  readonly port: FileValue<string>;
  /** Name of the interface that it is bound to. */
  readonly network: string;
}

/** What WildFly is configured with, whether that stands in its XML or in a script that changes it. */
export interface WildFlySettings {
  readonly at: SourcePlace;
  readonly offset: FileValue<string> | undefined;
  readonly route: FileValue<string> | undefined;
  readonly hashed: SourcePlace | undefined;
  readonly bindings: ReadonlyMap<string, SocketBinding>;
  /** Addresses of interfaces, by their names; undefined for every address. */
  readonly networks: ReadonlyMap<string, FileValue<string> | undefined>;
  /** Names of the bindings that are listened at. */
  readonly listeners: readonly NamedListener[];
  /** Other servers' addresses, by the names of their bindings. */
  readonly outbound: ReadonlyMap<string, OutboundBinding>;
  /** Undefined where sessions stay on one server. */
  readonly copying: WildFlyCopying | undefined;
}

/** An address of another server, that no offset moves. */
export interface OutboundBinding {
  readonly host: FileValue<string>;
  readonly port: FileValue<string>;
}

interface NamedListener {
  readonly protocol: AppListener["protocol"];
  readonly binding: string;
}

/** How sessions are copied. */
export interface WildFlyCopying {
  readonly at: SourcePlace;
  /** The binding that others of the group reach it by. */
  readonly binding: string;
  /** Names of outbound bindings; undefined where there is no list. */
  readonly listed: readonly string[] | undefined;
  /** Addresses that are listed by themselves. */
  readonly peers: readonly ListedPeer[];
  readonly listAt: SourcePlace;
  readonly owners: FileValue<string> | undefined;
}

/** What both ends have to agree on. The offset moves the ports that are listened at, and no outbound one (measured). */
export function wildflyFacts(settings: WildFlySettings): ServerFacts {
  const { at, route, hashed, listeners, copying } = settings;
  return {
    kind: "wildfly",
    at,
    route,
    hashed,
    listeners: listeners.flatMap(({ protocol, binding }) => {
      const place = boundPlace(settings, binding);
      return place === undefined ? [] : [{ protocol, ...place }];
    }),
    copying: copying === undefined ? undefined : copyingFacts(settings, copying),
  };
}

type BoundPlace = Pick<AppListener, "port" | "address">;

function boundPlace({ bindings, networks, offset }: WildFlySettings, name: string): BoundPlace | undefined {
  const binding = bindings.get(name);
  if (binding === undefined) return undefined;
  const port = movedBy(numberIn(binding.port), offset === undefined ? undefined : numberIn(offset));
  return { port, address: networks.get(binding.network) };
}

function copyingFacts(settings: WildFlySettings, copying: WildFlyCopying): SessionCopying | undefined {
  const { at, binding, listed, peers, listAt, owners } = copying;
  const bound = boundPlace(settings, binding);
  if (bound === undefined) return undefined;
  const named = (listed ?? []).flatMap((name): readonly ListedPeer[] => {
    const outbound = settings.outbound.get(name);
    return outbound === undefined ? [] : [{ host: outbound.host, port: numberIn(outbound.port) }];
  });
  const hasList = listed !== undefined || peers.length > 0;
  return {
    at,
    ...bound,
    peers: hasList ? [...named, ...peers] : undefined,
    listAt,
    copies: owners === undefined ? undefined : numberIn(owners),
  };
}
