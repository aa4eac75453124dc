import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { TopologyInput } from "../../../core/topology/build.js";
import type { Mount, Server } from "../../../core/topology/topology.js";
import { seconds } from "../../../core/vocabulary/duration.js";
import { ANSWER } from "./backends.js";
import type { Certificate, Protocol } from "./backends.js";

/** What a feature's topology and probe are made from. */
export interface Surroundings {
  readonly address: string;
  /** Port httpd listens on. */
  readonly port: number;
  /** Port of the backend of each protocol. */
  readonly backends: Readonly<Record<Protocol, number>>;
  /** A port nobody listens on. */
  readonly deadPort: number;
  /** Unix socket of the http backend. */
  readonly socket: string;
  readonly certificate: Certificate;
}

/** A topology that uses something httpd can do, and a request that shows it works. */
export interface Feature {
  readonly topology: (around: Surroundings) => TopologyInput;
  /** @default - `GET /` is answered 200 by the backend */
  readonly works?: (around: Surroundings) => Promise<boolean>;
  /**
   * Milliseconds until it has to work.
   *
   * @default 300
   */
  readonly deadline?: number;
}

/** What a client sees. */
export interface Seen {
  readonly status: number;
  readonly body: string;
  readonly cookies: readonly string[];
}

const ALL = "a test";

function serverOf(around: Surroundings, more: Partial<Server> & { readonly mounts: readonly Mount[] }) {
  return { name: "web", listen: [{ address: around.address, port: around.port }], serverName: "web.test", ...more };
}

const ROOT: Mount = { path: "/", to: { kind: "cluster", cluster: "c", path: "/" } };

/** One cluster behind `/` with one member of a scheme. */
function behind(scheme: string, more: Partial<Server> = {}, parameters: object = {}) {
  return (around: Surroundings): TopologyInput => {
    const port = around.backends[scheme as Protocol];
    return {
      clusters: [{ name: "c", members: [{ name: "n", url: `${scheme}://${around.address}:${port}`, parameters }] }],
      servers: [serverOf(around, { mounts: [ROOT], ...more })],
    };
  };
}

function verified(scheme: "https" | "h2") {
  return (around: Surroundings): TopologyInput =>
    behind(scheme, {
      backendTls: { verify: { kind: "required" }, caFile: around.certificate.certificateFile },
    })(around);
}

/** What httpd can be asked to do, one entry a thing. */
export const FEATURES: Readonly<Record<string, Feature>> = {
  "two actives and a standby": {
    topology: (around) => ({
      clusters: [
        {
          name: "c",
          parameters: { stickysession: "JSESSIONID|jsessionid" },
          members: [
            { url: `http://${around.address}:${around.deadPort}`, parameters: { loadfactor: 5, retry: seconds(10) } },
            {
              url: `http://${around.address}:${around.backends.http}`,
              parameters: { status: "+H", retry: seconds(10) },
            },
          ],
        },
      ],
      servers: [serverOf(around, { mounts: [ROOT] })],
    }),
  },
  "nothing to pass on": {
    topology: (around) => ({ servers: [serverOf(around, { mounts: [] })] }),
    works: async (around) => (await get(around, "/")).status === 403,
  },
  "settings of mod_proxy, and nothing to pass on": {
    topology: (around) => ({ servers: [serverOf(around, { mounts: [], settings: { proxytimeout: seconds(5) } })] }),
    works: async (around) => (await get(around, "/")).status === 403,
  },
  "https, verified": { topology: verified("https") },
  "https, not verified": {
    topology: behind("https", { backendTls: { verify: { kind: "off", reason: "self-signed \\" } } }),
  },
  "ajp with a secret": {
    topology: behind("ajp", {}, { secret: 'quiet word " \\ #' }),
    works: async (around) => answered(await get(around, "/secret")),
  },
  fcgi: { topology: behind("fcgi") },
  scgi: { topology: behind("scgi") },
  uwsgi: { topology: behind("uwsgi") },
  h2c: { topology: behind("h2c") },
  "h2, verified": { topology: verified("h2") },
  ws: { topology: behind("ws"), works: opensWebSocket },
  "unix socket": {
    topology: (around) => ({
      clusters: [{ name: "c", members: [{ name: "n", url: `unix:${around.socket}|http://backend` }] }],
      servers: [serverOf(around, { mounts: [ROOT] })],
    }),
  },
  "a mount without a cluster": {
    topology: (around) => ({
      servers: [
        serverOf(around, {
          mounts: [
            {
              path: "/",
              to: {
                kind: "url",
                url: `http://${around.address}:${around.backends.http}/`,
                parameters: { retry: seconds(0) },
              },
            },
          ],
        }),
      ],
    }),
  },
  "health checks": {
    deadline: 3_000,
    topology: (around) => ({
      healthCheckExpressions: [{ name: "fine", expression: "%{REQUEST_STATUS} =~ /^[23]/" }],
      healthCheckTemplates: [
        { name: "quick", parameters: { hcmethod: "GET", hcexpr: "fine", hcinterval: seconds(1) } },
      ],
      clusters: [
        {
          name: "c",
          members: [
            {
              url: `http://${around.address}:${around.backends.http}`,
              parameters: { status: "+C", hctemplate: "quick", hcuri: "/health" },
            },
          ],
        },
      ],
      servers: [serverOf(around, { mounts: [ROOT], settings: { proxyhctpsize: 4 } })],
    }),
  },
  "balancer-manager for this host": {
    topology: behind("http", { manager: { access: { kind: "local" } } }),
    works: async (around) =>
      (await get(around, "/balancer-manager")).body.includes("Load Balancer Manager") &&
      answered(await get(around, "/")),
  },
  "balancer-manager under a Location": {
    topology: behind("http", {
      manager: { path: "/manage", access: { kind: "all", reason: ALL } },
      mounts: [{ ...ROOT, inLocation: true }],
    }),
    works: async (around) =>
      (await get(around, "/manage")).body.includes("Load Balancer Manager") && answered(await get(around, "/")),
  },
  "access for some addresses": {
    topology: behind("http", {
      mounts: [
        { ...ROOT, access: { kind: "denied" } },
        {
          path: "/open",
          to: { kind: "cluster", cluster: "c", path: "/open" },
          access: { kind: "addresses", addresses: ["127.0.0.0/8", "::1"] },
        },
      ],
    }),
    works: async (around) => (await get(around, "/")).status === 403 && answered(await get(around, "/open")),
  },
  "a cookie with the route": {
    topology: (around) => ({
      clusters: [
        {
          name: "c",
          routeCookie: { name: "ROUTEID" },
          members: [{ url: `http://${around.address}:${around.backends.http}`, parameters: { route: "r1" } }],
        },
        { name: "other", members: [{ url: `http://${around.address}:${around.backends.http}` }] },
      ],
      servers: [
        serverOf(around, {
          mounts: [ROOT, { path: "/other", to: { kind: "cluster", cluster: "other", path: "/other" } }],
        }),
      ],
    }),
    works: async (around) => {
      const first = await get(around, "/");
      const again = await get(around, "/", { cookie: "ROUTEID=.r1" });
      const other = await get(around, "/other");
      return (
        first.cookies.includes("ROUTEID=.r1; path=/; HttpOnly; Secure; SameSite=Lax") &&
        answered(again) &&
        again.cookies.length === 1 &&
        other.cookies.length === 1
      );
    },
  },
  "virtual hosts": {
    topology: (around) => ({
      clusters: [
        { name: "c", members: [{ url: `http://${around.address}:${around.backends.http}` }] },
        { name: "own", scope: "b", members: [{ url: `http://${around.address}:${around.backends.http}/of-b` }] },
      ],
      servers: [
        serverOf(around, {
          mounts: [],
          virtualHosts: [
            {
              name: "a",
              addresses: [`${around.address}:${around.port}`],
              serverName: "a.test",
              mounts: [ROOT],
              settings: { proxypreservehost: true },
            },
            {
              name: "b",
              addresses: [`${around.address}:${around.port}`],
              serverName: "b.test",
              serverAliases: ["*.b.test"],
              mounts: [{ path: "/", to: { kind: "cluster", cluster: "own", path: "/" } }],
              settings: {},
            },
          ],
        }),
      ],
    }),
    works: async (around) => {
      const a = await get(around, "/x", { host: "a.test" });
      const b = await get(around, "/x", { host: "any.b.test" });
      return a.body === `${ANSWER} /x` && b.body === `${ANSWER} /of-b/x`;
    },
  },
  "TLS to clients": {
    topology: (around) =>
      behind("http", {
        tls: {
          certificateFile: around.certificate.certificateFile,
          certificateKeyFile: around.certificate.keyFile,
        },
      })(around),
    works: async (around) => answered(await get(around, "/", {}, true)),
  },
  "lbmethod bytraffic": { topology: withMethod("bytraffic") },
  "lbmethod bybusyness": { topology: withMethod("bybusyness") },
  "all kinds of mounts": {
    topology: behind("http", {
      mounts: [
        ROOT,
        { path: "/app", to: { kind: "cluster", cluster: "c", path: "/inner" }, keywords: ["nocanon"] },
        { path: "/app/no", to: { kind: "exclude" } },
        { path: "^/re/(.*)\\.jsp$", match: true, to: { kind: "cluster", cluster: "c", path: "/jsp/$1" } },
        { path: '/sp ace\\"quoted', to: { kind: "cluster", cluster: "c", path: "/space" } },
        {
          path: "/loc",
          inLocation: true,
          to: { kind: "cluster", cluster: "c", path: "/located" },
          cookieDomains: [{ internal: "inside.test", public: "web.test" }],
          cookiePaths: [{ internal: "/app", public: "/loc" }],
        },
      ],
    }),
    works: async (around) => {
      const paths = {
        "/x": "/x",
        "/app/y": "/inner/y",
        "/re/a/b.jsp": "/jsp/a/b",
        "/sp%20ace%5C%22quoted/z": "/space/z",
        "/loc/1": "/located/1",
      };
      const seen = await Promise.all(Object.keys(paths).map((path) => get(around, path)));
      const excluded = await get(around, "/app/no/x");
      const cookies = (await get(around, "/loc")).cookies;
      const right = Object.values(paths).every((path, index) => seen[index]?.body === `${ANSWER} ${path}`);
      return right && !excluded.body.includes(ANSWER) && cookies[0] === "seen=1; path=/loc; domain=web.test";
    },
  },
  "lines of one's own": {
    topology: behind("http", {
      extra: [
        "RewriteEngine On",
        "RewriteRule ^/old/(.*)$ /new/$1 [PT]",
        'Header set X-Own "yes"',
        "<Location /status>",
        "    ProxyPass !",
        "    SetHandler server-status",
        "    Require local",
        "</Location>",
      ],
    }),
    works: async (around) => {
      const old = await get(around, "/old/x");
      const status = await get(around, "/status?auto");
      return old.body === `${ANSWER} /new/x` && status.body.includes("ServerMPM");
    },
  },
};

function withMethod(lbmethod: "bytraffic" | "bybusyness") {
  return (around: Surroundings): TopologyInput => {
    const plain = behind("http")(around);
    return { ...plain, clusters: (plain.clusters ?? []).map((cluster) => ({ ...cluster, parameters: { lbmethod } })) };
  };
}

/** The backend answered. */
export function answered({ status, body }: Seen): boolean {
  return status === 200 && body.startsWith(ANSWER);
}

/** A GET to httpd; status 0 when there is no answer. */
export function get(
  around: Surroundings,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  tls = false,
): Promise<Seen> {
  const request = tls ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    const failed: Seen = { status: 0, body: "", cookies: [] };
    const sent = request(
      {
        host: around.address,
        port: around.port,
        path,
        headers: { host: "web.test", ...headers },
        rejectUnauthorized: false,
        agent: false,
        timeout: 3_000,
      },
      (response) => {
        const pieces: Buffer[] = [];
        response.on("data", (piece: Buffer) => pieces.push(piece));
        response.on("error", () => {
          resolve(failed);
        });
        response.on("end", () => {
          const cookies = response.headers["set-cookie"] ?? [];
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(pieces).toString(), cookies });
        });
      },
    );
    sent.on("error", () => {
      resolve(failed);
    });
    sent.on("timeout", () => sent.destroy());
    sent.end();
  });
}

function opensWebSocket(around: Surroundings): Promise<boolean> {
  return new Promise((resolve) => {
    const headers = {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
    };
    const sent = httpRequest({
      host: around.address,
      port: around.port,
      path: "/",
      headers,
      agent: false,
      timeout: 3_000,
    });
    sent.on("upgrade", (_response, socket, head) => {
      const said = (data: Buffer): void => {
        if (!data.includes(ANSWER)) return;
        socket.destroy();
        resolve(true);
      };
      socket.on("error", () => undefined);
      socket.on("data", said);
      said(head);
    });
    sent.on("response", () => {
      resolve(false);
    });
    sent.on("error", () => {
      resolve(false);
    });
    sent.on("timeout", () => sent.destroy());
    sent.end();
  });
}
