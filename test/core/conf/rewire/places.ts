import type { Places } from "../../../../core/conf/rewire/change.js";
import { BUILT_IN } from "../../../../core/conf/rewire/change.js";
import { rewire } from "../../../../core/conf/rewire/rewire.js";
import type { Rewired } from "../../../../core/conf/rewire/rewire.js";
import { MODULE_TABLES } from "../../../../core/vocabulary/command-tables.js";
import { expand } from "../../../../core/conf/run/expand.js";
import type { ConfReader } from "../../../../core/conf/run/reader.js";

/** Places whose names say what they stand for. */
export function madeUpPlaces(change: Partial<Places> = {}): Places {
  let written = 0;
  const stubs = new Map<string, string>();
  return {
    address: (local) => (local === "127.0.0.1" ? "127.1.1.1" : `127.2.2.${local.length}`),
    port: (port) => port + 10_000,
    backend(origin, use) {
      if (use === "sends" && !stubs.has(origin)) stubs.set(origin, `127.1.1.1:2000${stubs.size + 1}`);
      return stubs.get(origin);
    },
    writable: () => `/play/written-${++written}`,
    errorLog: "/play/error.log",
    file: (kind) => `/play/${kind}`,
    documents: "/documents",
    root: "/etc/httpd",
    module(symbol) {
      const file = MODULE_TABLES.get(symbol)?.file;
      return file === undefined ? BUILT_IN : `/modules/${file}`;
    },
    account: { user: "nobody", group: "#99" },
    isThere: () => false,
    speedup: 1,
    ...change,
  };
}

/** A configuration of files in memory, rewired; the main one is `/etc/httpd/httpd.conf`. */
export function rewiredText(
  text: string,
  {
    places = madeUpPlaces(),
    files = {},
  }: { readonly places?: Places; readonly files?: Readonly<Record<string, string>> } = {},
): Rewired & { readonly main: string } {
  const reader: ConfReader = {
    readText: (path) => files[path],
    readFolder(path) {
      const inside = Object.keys(files).filter((file) => file.startsWith(`${path}/`));
      return inside.length === 0 ? undefined : inside.map((file) => file.slice(path.length + 1));
    },
  };
  const expansion = expand({ path: "/etc/httpd/httpd.conf", text, reader, elsewhere: true });
  if (expansion.error !== undefined) throw new Error(expansion.error.message);
  const rewired = rewire(expansion, { places, folder: "/play" });
  return { ...rewired, main: rewired.files[0]?.text ?? "" };
}
