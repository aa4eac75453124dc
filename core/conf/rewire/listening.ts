import { readHostAddress } from "../../httpd/address-port.js";
import { isEveryAddress } from "../../httpd/address.js";
import { firstWord } from "./change.js";
import type { Places, RewireTable } from "./change.js";

/** An address and port as `Listen` and `<VirtualHost>` write them. */
export interface WrittenAddress {
  /** Without brackets, in lower case; undefined for every address. */
  readonly address: string | undefined;
  /** Undefined for every port. */
  readonly port: number | undefined;
}

/** Reads `address:port`, `[address]:port`, `*:port`, `address`, or the lone port of a `Listen`. */
export function writtenAddress(word: string): WrittenAddress {
  const read = readHostAddress(word);
  const text = (read?.host ?? "").toLowerCase();
  return {
    address: text === "" || isEveryAddress(text) ? undefined : text === "localhost" ? "127.0.0.1" : text,
    port: read?.port,
  };
}

/** What a server listens on, and the addresses of its virtual hosts: all of it becomes loopback. */
export const LISTENING: RewireTable = {
  listen: ({ words: [word = ""] }, places) => {
    const { address = "127.0.0.1", port = 0 } = writtenAddress(word);
    return firstWord(`${places.address(address)}:${places.port(port)}`, "listen");
  },
  "<virtualhost": ({ words }, places) =>
    words.flatMap((word, at) => {
      const to = hostAddress(word, places);
      return to === word ? [] : [{ kind: "word" as const, at, to, about: "virtual host" as const }];
    }),
};

function hostAddress(word: string, places: Places): string {
  const { address, port } = writtenAddress(word);
  if (address === undefined) {
    return port === undefined ? word : word.replace(/[0-9]+$/, String(places.port(port)));
  }
  const behind = port === undefined ? (word.endsWith(":*") ? ":*" : "") : `:${places.port(port)}`;
  return `${places.address(address)}${behind}`;
}
