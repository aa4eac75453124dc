import { createServer } from "node:http";
import type { IncomingMessage, Server as NodeServer } from "node:http";
import { route } from "../../../core/route/route.js";
import type { Way } from "../../../core/route/route.js";
import type { BackendError } from "../../../core/route/walk-host.js";
import type { WayRequest } from "../../../core/route/request.js";
import type { Topology } from "../../../core/topology/topology.js";
import { LAYOUTS } from "../../../core/vocabulary/layouts.js";
import type { ModuleName } from "../../../core/vocabulary/modules.js";
import { send } from "../../../live/client.js";
import { startHttpd } from "../../../live/httpd.js";
import { claimLoopback } from "../../../live/ports.js";
import type { Loopback } from "../../../live/ports.js";
import { findHttpd } from "../../../live/program.js";
import type { HttpdProgram } from "../../../live/program.js";
import { readText } from "../../support/conf-fixtures.js";

/** Balancers every configuration has, each with one node that answers its name, its path and its cookie. */
export const BALANCERS = ["a", "b", "c", "d"] as const;

/** A balancer whose only member nobody serves, and one whose member answers with an error of its own. */
const DOWN = "down";
const ILL = "ill";
const ILL_STATUS = 503;

const MODULES: readonly ModuleName[] = [
  ...(["authn_core", "authz_core", "authz_host", "access_compat", "unixd", "rewrite", "alias"] as const),
  ...(["auth_basic", "authn_file", "authz_user"] as const),
  ...(["headers", "setenvif", "env", "slotmem_shm", "proxy", "proxy_http", "proxy_balancer"] as const),
  "lbmethod_byrequests",
];

/** Where text that is read before it is played listens; the address is this process's own. */
const PORT = 18_080;

/** A configuration: lines of the main server, and of virtual hosts with their addresses, `PORT` and `ADDRESS` in them. */
export interface Layout {
  readonly main: readonly string[];
  readonly hosts: readonly { readonly addresses: readonly string[]; readonly lines: readonly string[] }[];
  /** Modules that are not loaded. @default - none */
  readonly without?: readonly ModuleName[];
}

/** One request, and what was asked of both. */
export interface Compared {
  readonly request: WayRequest;
  readonly real: string;
  readonly model: string;
  readonly way: Way;
}

/** Nodes on a loopback address of their own, for as many configurations as wanted. */
export class Rig {
  readonly #loopback: Loopback;
  readonly #nodes: readonly NodeServer[];
  readonly #members: readonly string[];

  private constructor(loopback: Loopback, nodes: readonly NodeServer[], members: readonly string[]) {
    this.#loopback = loopback;
    this.#nodes = nodes;
    this.#members = members;
  }

  static async open(): Promise<Rig> {
    const loopback = await claimLoopback();
    const nodes: NodeServer[] = [];
    const members: string[] = [];
    for (const name of BALANCERS) {
      const port = await loopback.freePort();
      nodes.push(await echo(name, loopback.address, port));
      members.push(`BalancerMember balancer://${name} http://${loopback.address}:${port} retry=0`);
    }
    const ill = await loopback.freePort();
    nodes.push(await echo(ILL, loopback.address, ill, ILL_STATUS));
    members.push(`BalancerMember balancer://${ILL} http://${loopback.address}:${ill} retry=0`);
    members.push(`BalancerMember balancer://${DOWN} http://${loopback.address}:${await loopback.freePort()} retry=0`);
    return new Rig(loopback, nodes, members);
  }

  /** Plays requests on a real httpd with this configuration, and asks the model about each. */
  async play(layout: Layout, requests: readonly WayRequest[]): Promise<readonly Compared[]> {
    return (await this.playPorts(layout, [requests])).flat();
  }

  /** The same on several ports, `PORT0`, `PORT1` and so on in the configuration: requests by the place of their port. */
  async playPorts(
    { main, hosts, without = [] }: Layout,
    requests: readonly (readonly WayRequest[])[],
  ): Promise<readonly (readonly Compared[])[]> {
    const { address } = this.#loopback;
    const ports = await Promise.all(requests.map(() => this.#loopback.freePort()));
    const blocks = hosts.map(({ addresses, lines }) =>
      [`<VirtualHost ${addresses.join(" ")}>`, ...lines, "</VirtualHost>"].join("\n"),
    );
    const listens = ports.map((port) => `Listen ${address}:${port}`);
    const text = [...listens, ...this.#members, ...main, ...blocks, ""].join("\n");
    const body = text
      .replace(/PORT([0-9]*)/g, (_, place: string) => String(ports[Number(place)]))
      .replaceAll("ADDRESS", address);
    const program = findHttpd(process.env);
    const more = moreModules(body);
    const modules = MODULES.filter((name) => !without.includes(name));
    const { topology } = readText(body, { modules: loadedModules([...modules, ...more]) });
    const httpd = await startHttpd({ program, modules, body: `${linesLoading(more, program)}${body}` });
    try {
      return await Promise.all(
        requests.map(async (asked, place) => {
          const compared: Compared[] = [];
          for (const one of asked) compared.push(await askedBoth(topology, { address, port: ports[place] ?? 0 }, one));
          return compared;
        }),
      );
    } finally {
      await httpd.stop();
    }
  }

  /** A request to one port of a configuration of several, alone: what a campaign found in a packed one. */
  async playAt(layout: Layout, place: number, request: WayRequest): Promise<Compared | undefined> {
    const ports = [...JSON.stringify(layout).matchAll(/PORT([0-9]+)/g)].map(([, port]) => Number(port) + 1);
    const count = Math.max(place + 1, ...ports);
    const asked = Array.from({ length: count }, (_, port) => (port === place ? [request] : []));
    return (await this.playPorts(layout, asked))[place]?.[0];
  }

  /** The text of a configuration; `PORT` and `ADDRESS` are those of its next play. */
  text({ main, hosts }: Layout): string {
    const blocks = hosts.map(({ addresses, lines }) =>
      [`<VirtualHost ${addresses.join(" ")}>`, ...lines, "</VirtualHost>"].join("\n"),
    );
    const text = [`Listen ADDRESS:${PORT}`, ...this.#members, ...main, ...blocks, ""].join("\n");
    return text.replaceAll("PORT", String(PORT)).replaceAll("ADDRESS", this.#loopback.address);
  }

  /**
   * What a real httpd answers to requests.
   *
   * @param through - what the text becomes before it is played, with the modules it names alone
   */
  async answers(
    layout: Layout,
    requests: readonly WayRequest[],
    through?: (text: string) => string,
  ): Promise<readonly string[]> {
    const { address } = this.#loopback;
    const text = this.text(layout);
    const modules: readonly ModuleName[] = through === undefined ? MODULES : ["unixd"];
    const body = through?.(text) ?? text;
    const httpd = await startHttpd({ program: findHttpd(process.env), modules, body });
    const answers: string[] = [];
    try {
      for (const request of requests) {
        const headers = { Host: `${address}:${PORT}`, Connection: "close", ...request.headers };
        const { method = "GET", path, body: bytes = 0 } = request;
        const asked = { address, port: PORT, method, path, headers, body: "x".repeat(bytes) };
        const answer = await send(asked, { deadline: 10_000 });
        answers.push(shortened(answer.status === 200 && method !== "HEAD" ? answer.body : String(answer.status)));
      }
    } finally {
      await httpd.stop();
    }
    return answers;
  }

  async close(): Promise<void> {
    for (const node of this.#nodes) node.close();
    await this.#loopback.release();
  }
}

/** Loaded only where it is used: it makes httpd ask about access more often. */
function moreModules(body: string): readonly string[] {
  return body.includes("AllowMethods") ? ["allowmethods"] : [];
}

function linesLoading(modules: readonly string[], { moduleFolder }: HttpdProgram): string {
  return modules.map((name) => `LoadModule ${name}_module ${moduleFolder}/mod_${name}.so\n`).join("");
}

/** Symbols of what such a httpd runs with. */
function loadedModules(loaded: readonly string[]): ReadonlySet<string> {
  const { builtIn } = LAYOUTS.debian;
  return new Set([...builtIn, ...loaded, "mpm_event"].map((name) => `${name}_module`));
}

async function askedBoth(
  topology: Topology,
  { address, port }: { readonly address: string; readonly port: number },
  request: WayRequest,
): Promise<Compared> {
  const headers = { Host: `${address}:${port}`, Connection: "close", ...request.headers };
  const { method = "GET", path, body: bytes = 0 } = request;
  const answer = await send({ address, port, method, path, headers, body: "x".repeat(bytes) }, { deadline: 10_000 });
  const [server] = topology.servers;
  if (server === undefined) throw new Error("the configuration describes no server");
  const way = route(topology, server, { address, port }, { ...request, headers, client: "127.0.0.1" });
  const real = answer.status === 200 && method !== "HEAD" ? answer.body : String(answer.status);
  return { request, way, real: shortened(real), model: modelText(way, method, topology) };
}

/** Pages of handlers are known by their first word; a path that is one of a file depends on what is there. */
function shortened(answer: string): string {
  if (/^. \/var\/www/.test(answer)) return answer.replace(/ [^ ]* /, " (a file) ");
  return answer === "" || /^(?:[0-9a-f]+\r\n)?</.test(answer) ? "200" : answer;
}

/** What a client sees of a way. */
export function modelText(way: Way, method: string, topology: Topology): string {
  const { to, headers } = way;
  if (to.kind === "answer") return String(to.status);
  const [, name = "", path = ""] = /^balancer:\/\/([^/]*)([^]*)$/i.exec(to.url) ?? [];
  if (!/^balancer:\/\//i.test(to.url)) return `elsewhere ${to.url}`;
  const failed = failure(name.toLowerCase(), way, topology);
  if (failed !== undefined) return failedText(failed, way, method, topology);
  if (way.keeps !== undefined) return String(way.keeps);
  if (name.toLowerCase() === ILL) return String(ILL_STATUS);
  if (method === "HEAD") return "200";
  const query = to.query === undefined ? "" : `?${to.query}`;
  if (path.startsWith("/var/www/html")) return `${name.toLowerCase()} (a file) ${headers.get("cookie") ?? ""}`;
  const plain = to.asSent ? path : plainPath(path, to.keepsSlashes);
  return `${name.toLowerCase()} ${plain === "" ? "/" : plain}${query} ${headers.get("cookie") ?? ""}`;
}

/** What a client sees of an error, or of the document that has its place. */
function failedText(failed: BackendError, { errors, error }: Way, method: string, topology: Topology): string {
  const document = errors?.document(failed);
  if (document !== undefined) return modelText(document, method === "HEAD" ? method : "GET", topology);
  return String(failed.overridden ? failed.status : (error ?? failed.status));
}

/** What httpd has to tell in place of a balancer's answer; undefined where a member answers. */
function failure(name: string, { errors, to }: Way, { clusters }: Topology): BackendError | undefined {
  const own = (status: number): BackendError => ({ status, overridden: false });
  if (name === "") return own(400);
  if (to.kind === "proxy" && to.halfEncoded === true && [...BALANCERS, DOWN, ILL].includes(name)) return own(400);
  if (name === DOWN) return own(503);
  if (name === ILL)
    return errors?.overrides(ILL_STATUS) === true ? { status: ILL_STATUS, overridden: true } : undefined;
  if ((BALANCERS as readonly string[]).includes(name)) return undefined;
  return own(clusters.some((cluster) => cluster.name === name) ? 503 : 500);
}

/** `ap_proxy_canonenc_ex` of proxy_util.c for a path. */
function plainPath(path: string, keepsSlashes: boolean): string {
  return path.replace(
    keepsSlashes ? /%2f|[^A-Za-z0-9~$\-_.+!*'(),;:@&=/]/gi : /[^A-Za-z0-9~$\-_.+!*'(),;:@&=/]/g,
    (one) => (one.length > 1 ? one : `%${one.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`),
  );
}

function echo(name: string, address: string, port: number, status = 200): Promise<NodeServer> {
  const textFor = ({ rawHeaders: raw, url = "" }: IncomingMessage): string => {
    const at = raw.findIndex((header, place) => place % 2 === 0 && header.toLowerCase() === "cookie");
    return `${name} ${url} ${at === -1 ? "" : (raw[at + 1] ?? "")}`;
  };
  const server = createServer((request, response) => {
    const text = textFor(request);
    request.resume();
    request.once("end", () => {
      response.statusCode = status;
      response.setHeader("Content-Length", Buffer.byteLength(text));
      response.end(text);
    });
  });
  server.on("connect", (request, socket) => {
    const text = textFor(request);
    socket.end(`HTTP/1.1 ${status} It\r\nContent-Length: ${text.length}\r\nConnection: close\r\n\r\n${text}`);
  });
  // A connection that is closed while httpd takes it from its pool is a 502 that no configuration decides.
  server.keepAliveTimeout = 0;
  return new Promise((resolve) =>
    server.listen(port, address, () => {
      resolve(server);
    }),
  );
}
