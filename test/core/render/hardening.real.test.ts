import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fillText } from "../../../core/render/files.js";
import { renderTopology } from "../../../core/render/render.js";
import { buildTopology } from "../../../core/topology/build.js";
import { HARDENING } from "../../../core/vocabulary/hardening.js";
import type { HardeningChoices } from "../../../core/vocabulary/hardening.js";
import { component, describeReal } from "../../support/real.js";
import { selfSigned } from "./backends.js";
import type { Certificate } from "./backends.js";
import { exchange, freePort, recordingMember } from "./raw-exchange.js";
import type { RecordingMember } from "./raw-exchange.js";
import { configTest, sandbox, start } from "./real-httpd.js";
import type { RunningHttpd, Sandbox } from "./real-httpd.js";

const HOST = "Host: shop.test\r\n";
const END = "Connection: close\r\n\r\n";

/** A generated httpd with one member behind `/`, its own `/own`, and TLS on a port of its own. */
class Front {
  readonly member: RecordingMember;
  readonly port: number;
  readonly tlsPort: number;
  readonly #box: Sandbox;
  readonly #httpd: RunningHttpd;

  private constructor(member: RecordingMember, ports: readonly [number, number], box: Sandbox, httpd: RunningHttpd) {
    this.member = member;
    [this.port, this.tlsPort] = ports;
    this.#box = box;
    this.#httpd = httpd;
  }

  static async of(hardening: HardeningChoices | undefined): Promise<Front> {
    const member = await recordingMember();
    const box = sandbox();
    const ports = [await freePort(), await freePort()] as const;
    const text = confOf(hardening, box, member.port, ports, selfSigned(box.folder, "shop.test"));
    expect(configTest(box, text)).toBeUndefined();
    const httpd = await start(box, { address: "127.0.0.1", port: ports[0] });
    if (httpd === undefined) throw new Error("httpd did not start");
    return new Front(member, ports, box, httpd);
  }

  /** The answer to bytes. */
  ask(bytes: string, milliseconds?: number): Promise<string> {
    return exchange(this.port, bytes, milliseconds);
  }

  async status(bytes: string): Promise<number> {
    return Number(/^HTTP\/1\.1 (\d{3})/.exec(await this.ask(bytes))?.[1] ?? 0);
  }

  /** What `openssl s_client` says; it speaks TLS 1.2. */
  handshake(...options: readonly string[]): string {
    const args = ["s_client", "-connect", `127.0.0.1:${this.tlsPort}`, "-servername", "shop.test", ...options];
    const { stdout, stderr } = spawnSync("openssl", args, { input: "", encoding: "utf8", timeout: 10_000 });
    return `${stdout}${stderr}`;
  }

  /** What `httpd -t` says beside its verdict. */
  warnings(): string {
    const args = ["-t", "-f", `${this.#box.folder}/httpd.conf`];
    return spawnSync(component("apache2"), args, { encoding: "utf8" }).stderr;
  }

  async close(): Promise<void> {
    await this.#httpd.stop();
    this.member.close();
    this.#box.remove();
  }
}

function confOf(
  hardening: HardeningChoices | undefined,
  { layout }: Sandbox,
  memberPort: number,
  [port, tlsPort]: readonly [number, number],
  { certificateFile, keyFile }: Certificate,
): string {
  const topology = buildTopology({
    clusters: [{ name: "c", members: [{ url: `http://127.0.0.1:${memberPort}` }] }],
    servers: [
      {
        name: "web",
        listen: [
          { address: "127.0.0.1", port },
          { address: "127.0.0.1", port: tlsPort },
        ],
        mounts: [
          { path: "/", to: { kind: "cluster", cluster: "c", path: "/" } },
          { path: "/own", to: { kind: "exclude" } },
        ],
        extra: ["<Location /own>", "  Require all granted", "</Location>"],
        virtualHosts: [
          { name: "tls", addresses: [`127.0.0.1:${tlsPort}`], tls: { certificateFile, certificateKeyFile: keyFile } },
        ],
        ...(hardening === undefined ? {} : { hardening }),
      },
    ],
  });
  const rendered = renderTopology(topology, { layout });
  if (!rendered.ok) throw new Error(JSON.stringify(rendered.problems));
  return fillText(rendered.files[0]?.text ?? "", () => "");
}

const CBC = "ECDHE-RSA-AES128-SHA:@SECLEVEL=0";

describeReal("hardening of the generated httpd.conf, as a scanner sees it", ["apache2"], () => {
  let closed: Front;
  let open: Front;

  beforeAll(async () => {
    closed = await Front.of(undefined);
    open = await Front.of({ all: { off: "the other side of each measurement" } });
  }, 30_000);

  afterAll(async () => {
    await closed.close();
    await open.close();
  });

  /** What a scanner finds of each directive: with it, and where it is off. */
  const FOUND: Readonly<Record<string, (front: Front) => unknown>> = {
    servername: async (front) => {
      front.member.take();
      await front.ask(`GET / HTTP/1.1\r\n${HOST}${END}`);
      const [received = ""] = front.member.take();
      return [/X-Forwarded-Server: localhost\r/.test(received), front.warnings().includes("AH00558")];
    },
    servertokens: async (front) => /^Server: (.*)\r$/m.exec(await front.ask(`GET / HTTP/1.1\r\n${HOST}${END}`))?.[1],
    traceenable: async (front) => {
      front.member.take();
      return [await front.status(`TRACE / HTTP/1.1\r\n${HOST}${END}`), front.member.take().length];
    },
    httpprotocoloptions: async (front) => {
      front.member.take();
      await front.ask("GET /old\r\n");
      return front.member.take().length;
    },
    sslciphersuite: (front) => / {4}Cipher {4}: (\S+)/.exec(front.handshake("-tls1_2", "-cipher", CBC))?.[1],
    sslsessiontickets: (front) => front.handshake("-tls1_2").includes("TLS session ticket:"),
  };

  const EXPECTED: Readonly<Record<string, readonly [closed: unknown, open: unknown]>> = {
    servername: [
      [true, false],
      [false, true],
    ],
    servertokens: ["Apache", expect.stringMatching(/^Apache\/2\.4\.\d+ .*OpenSSL/)],
    traceenable: [
      [405, 0],
      [200, 1],
    ],
    httpprotocoloptions: [0, 1],
    sslciphersuite: ["0000", "ECDHE-RSA-AES128-SHA"],
    sslsessiontickets: [false, true],
  };

  it.each(Object.keys(FOUND))("%s closes what is open without it", async (name) => {
    expect([await FOUND[name]?.(closed), await FOUND[name]?.(open)]).toEqual(EXPECTED[name]);
  });

  it("sends a client that dawdles over its head away after 20 s, and keeps it where that is off", async () => {
    const dawdle = "GET / HTTP/1.1\r\nHost: shop";
    const [sent, kept] = await Promise.all([closed.ask(dawdle, 24_000), open.ask(dawdle, 24_000)]);
    expect(sent).toMatch(/^HTTP\/1\.1 408 /);
    expect(kept).toBe("");
  }, 40_000);

  /** What has the same value without the line, in this version: the line holds it there. */
  const request = (line: string, headers = ""): string => `GET ${line} HTTP/1.1\r\n${HOST}${headers}${END}`;
  const LIMITS: readonly (readonly [name: string, within: string, beyond: string, status: number])[] = [
    ["limitrequestline", request(`/${"a".repeat(8_170)}`), request(`/${"a".repeat(8_190)}`), 414],
    ["limitrequestfields", request("/", fields(98)), request("/", fields(99)), 400],
    [
      "limitrequestfieldsize",
      request("/", `a: ${"b".repeat(8_187)}\r\n`),
      request("/", `a: ${"b".repeat(8_190)}\r\n`),
      400,
    ],
  ];

  it.each(LIMITS)("%s is hit from both sides", async (_name, within, beyond, status) => {
    expect([await closed.status(within), await closed.status(beyond)]).toEqual([200, status]);
  });

  it("limitrequestbody holds for what httpd reads itself, and not for what goes to a member", async () => {
    const post = (path: string): string => `POST ${path} HTTP/1.1\r\n${HOST}Content-Length: 1073741825\r\n${END}`;
    expect(await closed.status(post("/own/x"))).toBe(413);
    closed.member.take();
    await closed.ask(`${post("/x")}${"a".repeat(400_000)}`, 1_500);
    expect(closed.member.take()[0]).toMatch(/^POST \/x HTTP\/1\.1\r\n[^]*Content-Length: 1073741825\r\n/);
  });

  it("sslhonorcipherorder lets the client choose, and TLS 1.1 is refused", () => {
    const wish = "ECDHE-RSA-CHACHA20-POLY1305:ECDHE-RSA-AES128-GCM-SHA256";
    expect(closed.handshake("-tls1_2", "-cipher", wish)).toContain("Cipher is ECDHE-RSA-CHACHA20-POLY1305");
    expect(closed.handshake("-tls1_1", "-cipher", "ALL:@SECLEVEL=0")).toContain("Cipher is (NONE)");
    expect(closed.handshake("-tls1_3")).toMatch(/Cipher is TLS_/);
  });

  describe("measures", () => {
    it("every directive of the table", () => {
      const others = ["requestreadtimeout", "limitrequestbody", "sslhonorcipherorder"];
      const measured = [...Object.keys(FOUND), ...LIMITS.map(([name]) => name), ...others];
      expect([...measured].sort()).toEqual(Object.keys(HARDENING).sort());
    });
  });
});

function fields(count: number): string {
  return Array.from({ length: count }, (_, index) => `x${index}: 1\r\n`).join("");
}
