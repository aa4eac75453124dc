import { createServer } from "node:http";
import { behaves } from "../../core/vocabulary/behaviours.js";
import type { HttpdVersion } from "../../core/vocabulary/versions.js";
import type { IncomingMessage } from "node:http";

/** What a balancer-manager of some httpd does differently, as measured on each (MANAGERS). */
export interface ManagerAge {
  /** Whether parameters are ignored without a Referer of its own host: from 2.4.41. */
  readonly referer: boolean;
  /** Whether `?xml=1` is enough for XML: from 2.4.49. Before, `b` and `nonce` are wanted, too. */
  readonly plainXml: boolean;
  /** Whether the XML has the nonce: from 2.4.68. */
  readonly nonceInXml: boolean;
  /** Letters of `w_status_` that are heard: S from 2.4.21, R from 2.4.34. */
  readonly letters: string;
}

function ageOf(httpd: HttpdVersion): ManagerAge {
  return {
    referer: behaves(httpd, "manager-asks-referer"),
    plainXml: behaves(httpd, "xml-for-everybody"),
    nonceInXml: behaves(httpd, "xml-has-nonce"),
    letters: `INDH${behaves(httpd, "manager-stops") ? "S" : ""}${behaves(httpd, "manager-spares") ? "R" : ""}`,
  };
}

/** By the httpd that behaves so; trunk as it was when it was measured. */
export const MANAGERS = {
  "2.4.6": ageOf("2.4.6"),
  "2.4.37": ageOf("2.4.37"),
  "2.4.52": ageOf("2.4.52"),
  "2.4.57": ageOf("2.4.57"),
  "2.4.58": ageOf("2.4.58"),
  "2.4.62": ageOf("2.4.62"),
  "2.4.68": ageOf("2.4.68"),
  "2.4.71": ageOf("2.4.71"),
  trunk: { ...ageOf("2.4.71"), nonceInXml: false },
} as const satisfies Record<string, ManagerAge>;

/** A balancer-manager that stands in for those of httpds that are not installed. */
export interface ManagerStandIn {
  readonly port: number;
  /** Letters of `status=` that its only member has. */
  letters(): string;
  close(): void;
}

const NONCE = "d97fcac9-86c1-f903-bcea-da5658d74388";

/** How it goes about changes: `deaf` answers 200 and takes none, `busy` never becomes idle. */
export type ManagerMood = "works" | "deaf" | "busy";

/** Serves balancer `c` with the members of the URLs on 127.0.0.1; changes are changes of the first member's status. */
export async function managerStandIn(
  age: ManagerAge,
  urls: readonly string[],
  mood: ManagerMood = "works",
): Promise<ManagerStandIn> {
  const flags = new Set<string>();
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { search } = new URL(request.url ?? "/", "http://h");
      const parameters = new URLSearchParams(request.method === "POST" ? body : search);
      const trusted =
        !age.referer || request.headers.referer?.startsWith(`http://${request.headers.host ?? ""}`) === true;
      const known = parameters.get("b") === "c" && parameters.get("nonce") === NONCE;
      if (trusted && known && request.method === "POST" && mood !== "deaf") take(age, flags, urls, parameters);
      const xml = trusted && parameters.get("xml") === "1" && (age.plainXml || known);
      response.end(xml ? xmlOf(age, urls, flags, mood) : pageOf(urls));
    });
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      resolve((server.address() as { readonly port: number }).port);
    });
  });
  return {
    port,
    letters: () => [...flags].sort().join(""),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function take(age: ManagerAge, flags: Set<string>, urls: readonly string[], parameters: URLSearchParams): void {
  if (parameters.get("w") !== urls[0]) return;
  for (const [key, value] of parameters) {
    const letter = /^w_status_([INDHRS])$/.exec(key)?.[1];
    if (letter !== undefined && age.letters.includes(letter)) flags[value === "1" ? "add" : "delete"](letter);
  }
}

const WORDS: Readonly<Record<string, string>> = { I: "Ign", N: "Drn", D: "Dis", H: "Stby", R: "Spar", S: "Stop" };

function xmlOf(age: ManagerAge, urls: readonly string[], flags: ReadonlySet<string>, mood: ManagerMood): string {
  const workers = urls.map((url, index) => {
    const words = index === 0 ? [...flags].map((letter) => `${WORDS[letter] ?? ""} `).join("") : "";
    return `<httpd:worker>
      <httpd:name>${url}</httpd:name>
      <httpd:loadfactor>1.00</httpd:loadfactor>
      <httpd:status>Init ${words}${/Dis|Stop/.test(words) ? "" : "Ok "}</httpd:status>
      <httpd:elected>7</httpd:elected>
      <httpd:route></httpd:route>
      <httpd:redirect></httpd:redirect>
      <httpd:busy>${mood === "busy" ? 1 : 0}</httpd:busy>
      <httpd:lbset>0</httpd:lbset>
    </httpd:worker>`;
  });
  return `<?xml version='1.0' encoding='UTF-8' ?>
<httpd:manager xmlns:httpd='http://httpd.apache.org'>
  <httpd:balancers>
    <httpd:balancer>
      <httpd:name>balancer://c</httpd:name>
      ${age.nonceInXml ? `<httpd:nonce>${NONCE}</httpd:nonce>` : ""}
      <httpd:timeout>0</httpd:timeout>      <httpd:maxattempts>1</httpd:maxattempts>
      <httpd:lbmethod>byrequests</httpd:lbmethod>
      <httpd:workers>${workers.join("\n")}</httpd:workers>
    </httpd:balancer>
  </httpd:balancers>
</httpd:manager>`;
}

function pageOf(urls: readonly string[]): string {
  const rows = urls.map((url) => `<td><a href="/bm?b=c&amp;w=${url}&amp;nonce=${NONCE}">${url}</a></td>`);
  const head = `<h3>LoadBalancer Status for <a href="/bm?b=c&amp;nonce=${NONCE}">balancer://c</a> [p8df6fda7_c]</h3>`;
  return `<!DOCTYPE HTML>\n<html><head><title>Balancer Manager</title></head><body>${head}${rows.join("\n")}</body></html>`;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
}
