import type { Expansion } from "../run/executed.js";
import type { PlayedFile, Places } from "./change.js";
import { writtenAddress } from "./listening.js";
import type { WrittenAddress } from "./listening.js";
import { memberScheme } from "./origin.js";
import type { Origin } from "./origin.js";
import { changesTo } from "./table.js";
import { wiredLines } from "./wired-lines.js";

/** What a configuration needs a place for before it can be rewired. */
export interface Wanted {
  /** What it listens on. */
  readonly listens: readonly (WrittenAddress & { readonly protocol?: string })[];
  /** Ports of it and of its virtual hosts. */
  readonly ports: readonly number[];
  /** Local addresses it names; names of hosts, too. */
  readonly addresses: readonly string[];
  /** Servers that requests may be sent to, each once, in order. */
  readonly origins: readonly Origin[];
  /** Ports where clients have to speak TLS. */
  readonly tls: ReadonlySet<number>;
  /** Certificates have to be made. */
  readonly certificates: boolean;
}

/** Looks through a configuration for what it needs. */
export function wantedBy(expansion: Expansion): Wanted {
  const ports = new Set<number>();
  const addresses = new Set<string>();
  const origins = new Set<Origin>();
  const files = new Set<PlayedFile>();
  const places: Places = {
    ...NOWHERE,
    file(kind) {
      files.add(kind);
      return kind;
    },
    address(local) {
      addresses.add(local);
      return local;
    },
    port(port) {
      ports.add(port);
      return port;
    },
    backend(origin, use) {
      if (use === "sends") origins.add(origin);
      return undefined;
    },
  };
  const lines = wiredLines(expansion);
  for (const line of lines) changesTo(line, places);
  const listens = lines
    .filter(({ key }) => key === "listen")
    .map(({ words: [word = "", protocol] }) => ({
      ...writtenAddress(word),
      ...(protocol === undefined ? {} : { protocol }),
    }));
  const tls = tlsPorts(expansion, listens);
  const secure = [...origins].some((origin) => memberScheme(origin) === "https");
  return {
    listens,
    ports: [...ports],
    addresses: [...addresses],
    origins: [...origins],
    tls,
    certificates: secure || tls.size > 0 || files.has("certificate") || files.has("authorities"),
  };
}

const NOWHERE: Omit<Places, "address" | "port" | "backend" | "file"> = {
  writable: () => "",
  errorLog: "",
  documents: "",
  root: "",
  module: () => undefined,
  account: undefined,
  isThere: () => true,
  speedup: 1,
};

/** Ports of virtual hosts with `SSLEngine`, those that a `Listen` says it of, and all where the main server has it. */
function tlsPorts({ directives }: Expansion, listens: Wanted["listens"]): ReadonlySet<number> {
  const isOn = ({ name, words }: { readonly name: string; readonly words: readonly string[] }): boolean =>
    /^sslengine$/i.test(name) && !/^off$/i.test(words[0] ?? "");
  const everywhere = directives.some(isOn);
  const hosts = directives.filter(
    ({ section, name, children }) => section && /^virtualhost$/i.test(name) && children.some(isOn),
  );
  const written = hosts.flatMap(({ words }) => words.flatMap((word) => writtenAddress(word).port ?? []));
  const listening = listens.flatMap(({ port, protocol }) =>
    port !== undefined && (everywhere || protocol?.toLowerCase() === "https") ? [port] : [],
  );
  return new Set([...written, ...listening]);
}
