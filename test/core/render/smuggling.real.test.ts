import { afterAll, beforeAll, expect, it } from "vitest";
import { fillText } from "../../../core/render/files.js";
import { renderTopology } from "../../../core/render/render.js";
import { buildTopology } from "../../../core/topology/build.js";
import { describeReal } from "../../support/real.js";
import { exchange, freePort, recordingMember } from "./raw-exchange.js";
import type { RecordingMember } from "./raw-exchange.js";
import { configTest, sandbox, start } from "./real-httpd.js";
import type { RunningHttpd, Sandbox } from "./real-httpd.js";

const HOST = "Host: shop.test\r\n";
const END = "Connection: close\r\n\r\n";
const post = (headers: string, body: string): string => `POST /a HTTP/1.1\r\n${HOST}${headers}${END}${body}`;
const get = (headers: string): string => `GET /a HTTP/1.1\r\n${HOST}${headers}${END}`;
const CHUNKED = "Transfer-Encoding: chunked\r\n";

/** Requests whose end, host or headers two servers could read in two ways; httpd refuses them itself. */
const REFUSED: Readonly<Record<string, string>> = {
  "a chunk that is shorter than Content-Length says": post(
    `Content-Length: 4\r\n${CHUNKED}`,
    "1c\r\nGET /evil HTTP/1.1\r\nHost: x\r\n\r\n0\r\n\r\n",
  ),
  "two Content-Length": post("Content-Length: 4\r\nContent-Length: 5\r\n", "abcde"),
  "two equal Content-Length": post("Content-Length: 4\r\nContent-Length: 4\r\n", "abcd"),
  "a list as Content-Length": post("Content-Length: 4, 4\r\n", "abcd"),
  "Content-Length with a sign": post("Content-Length: +4\r\n", "abcd"),
  "Content-Length in hexadecimal": post("Content-Length: 0x4\r\n", "abcd"),
  "a coding that only looks like chunked": post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"),
  "a blank in front of the colon": post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"),
  "a vertical tab in front of chunked": post("Transfer-Encoding: \u000bchunked\r\n", "0\r\n\r\n"),
  "chunked as the first of two codings": post("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"),
  "a second Transfer-Encoding": post(`${CHUNKED}Transfer-Encoding: identity\r\n`, "0\r\n\r\n"),
  "a chunk of a negative size": post(CHUNKED, "-1\r\nx\r\n0\r\n\r\n"),
  "a chunk with a size beyond 64 bits": post(CHUNKED, "fffffffffffffffff\r\nx\r\n0\r\n\r\n"),
  "chunks with bare line feeds": post(CHUNKED, "1\nx\n0\n\n"),
  "HTTP/0.9": "GET /a\r\n",
  "lines that end in a bare line feed": "GET /a HTTP/1.1\nHost: shop.test\nConnection: close\n\n",
  "a header that ends in a bare line feed": get("A: b\nX-Evil: 1\r\n"),
  "a header with a bare carriage return": get("A: b\rX-Evil: 1\r\n"),
  "a request line that ends in a bare carriage return": `GET /a HTTP/1.1\r${HOST}${END}`,
  "a header with NUL": get("A: b\u0000c\r\n"),
  "a folded line in front of all headers": `GET /a HTTP/1.1\r\n X-Evil: 1\r\n${HOST}${END}`,
  "no Host": `GET /a HTTP/1.1\r\n${END}`,
  "two Host": get("Host: evil.test\r\n"),
  "a Host with a path": `GET /a HTTP/1.1\r\nHost: shop.test/x@evil.test\r\n${END}`,
  "an absolute URI with a user": `GET http://user@evil.test/a HTTP/1.1\r\n${HOST}${END}`,
  "two blanks in the request line": `GET  /a  HTTP/1.1\r\n${HOST}${END}`,
  "a blank behind the version": `GET /a HTTP/1.1 \r\n${HOST}${END}`,
  "the version in lower case": `GET /a http/1.1\r\n${HOST}${END}`,
};

/** Requests that httpd reads in one way and hands on in a spelling of its own: what of them arrives. */
const HANDED_ON: Readonly<Record<string, { readonly sent: string; readonly arrives: readonly RegExp[] }>> = {
  "Content-Length beside chunked: the length is dropped, what lies behind the body is no request": {
    sent: `POST /a HTTP/1.1\r\n${HOST}Content-Length: 6\r\n${CHUNKED}\r\n0\r\n\r\nG`,
    arrives: [/^POST \/a HTTP\/1\.1\r\n(?![^]*Transfer-Encoding)[^]*Content-Length: 0\r\n[^]*\r\n\r\n$/],
  },
  "a tab in front of chunked": {
    sent: post("Transfer-Encoding:\tchunked\r\n", "1\r\nx\r\n0\r\n\r\n"),
    arrives: [/^POST \/a HTTP\/1\.1\r\n(?![^]*Transfer-Encoding)[^]*Content-Length: 1\r\n[^]*\r\n\r\nx$/],
  },
  "chunks with an extension and a late header": {
    sent: post(CHUNKED, "1;a=b\r\nx\r\n0\r\nContent-Length: 9\r\nX-Late: 1\r\n\r\n"),
    arrives: [/^POST \/a HTTP\/1\.1\r\n(?![^]*X-Late)[^]*Content-Length: 1\r\n[^]*\r\n\r\nx$/],
  },
  "a folded header, in one line": {
    sent: get("A: b\r\n X-Evil: 1\r\n"),
    arrives: [/^GET \/a HTTP\/1\.1\r\n(?![^]*\r\nX-Evil)[^]*\r\nA: b X-Evil: 1\r\n[^]*\r\n\r\n$/],
  },
  "chunked in a folded line": {
    sent: post("Transfer-Encoding:\r\n chunked\r\n", "1\r\nx\r\n0\r\n\r\n"),
    arrives: [/^POST \/a HTTP\/1\.1\r\n(?![^]*Transfer-Encoding)[^]*Content-Length: 1\r\n[^]*\r\n\r\nx$/],
  },
  "an absolute URI with another host, which is the one that counts": {
    sent: `GET http://other.test/a HTTP/1.1\r\n${HOST}${END}`,
    arrives: [/^GET \/a HTTP\/1\.1\r\nHost: 127\.0\.0\.1:\d+\r\n[^]*X-Forwarded-Host: other\.test\r\n/],
  },
  "line ends in a URL, encoded": {
    sent: `GET /a%0d%0aX-Evil:%201 HTTP/1.1\r\n${HOST}${END}`,
    arrives: [/^GET \/a%0D%0AX-Evil:%201 HTTP\/1\.1\r\n/],
  },
  "a request in the body of another": {
    sent: post("Content-Length: 35\r\n", "GET /two HTTP/1.1\r\nHost: a.test\r\n\r\n"),
    arrives: [
      /^POST \/a HTTP\/1\.1\r\n[^]*Content-Length: 35\r\n[^]*\r\n\r\nGET \/two HTTP\/1\.1\r\nHost: a\.test\r\n\r\n$/,
    ],
  },
  "two requests behind each other": {
    sent: `GET /one HTTP/1.1\r\n${HOST}\r\nGET /two HTTP/1.1\r\n${HOST}${END}`,
    arrives: [/^GET \/one HTTP\/1\.1\r\n(?![^]*\/two)/, /^GET \/two HTTP\/1\.1\r\n/],
  },
  "an upgrade to HTTP/2, which is not handed on": {
    sent: `GET /a HTTP/1.1\r\n${HOST}Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nConnection: Upgrade, HTTP2-Settings, close\r\n\r\n`,
    arrives: [/^GET \/a HTTP\/1\.1\r\n(?![^]*(?:Upgrade|HTTP2-Settings))/],
  },
  "a client that has X-Forwarded-For dropped: httpd's own stays": {
    sent: `GET /a HTTP/1.1\r\n${HOST}X-Forwarded-For: 10.9.9.9\r\nConnection: close, X-Forwarded-For\r\n\r\n`,
    arrives: [/^GET \/a HTTP\/1\.1\r\n(?![^]*10\.9\.9\.9)[^]*X-Forwarded-For: 127\.0\.0\.1\r\n/],
  },
};

describeReal("a request that servers could read in two ways", ["apache2"], () => {
  let member: RecordingMember;
  let box: Sandbox;
  let httpd: RunningHttpd | undefined;
  let port: number;

  beforeAll(async () => {
    member = await recordingMember();
    box = sandbox();
    port = await freePort();
    const topology = buildTopology({
      clusters: [{ name: "c", members: [{ url: `http://127.0.0.1:${member.port}` }] }],
      servers: [
        {
          name: "web",
          listen: [{ address: "127.0.0.1", port }],
          mounts: [{ path: "/", to: { kind: "cluster", cluster: "c", path: "/" } }],
        },
      ],
    });
    const rendered = renderTopology(topology, { layout: box.layout });
    if (!rendered.ok) throw new Error(JSON.stringify(rendered.problems));
    expect(
      configTest(
        box,
        fillText(rendered.files[0]?.text ?? "", () => ""),
      ),
    ).toBeUndefined();
    httpd = await start(box, { address: "127.0.0.1", port });
    expect(httpd).toBeDefined();
  });

  afterAll(async () => {
    await httpd?.stop();
    member.close();
    box.remove();
  });

  it.each(Object.entries(REFUSED))("is refused by the generated httpd.conf: %s", async (_name, sent) => {
    member.take();
    const answer = await exchange(port, sent);
    expect(statuses(answer).map((status) => status === 400 || status === 413)).toEqual([true]);
    expect(member.take()).toEqual([]);
  });

  it.each(Object.entries(HANDED_ON))("is handed on in one way: %s", async (_name, { sent, arrives }) => {
    member.take();
    const answer = await exchange(port, sent);
    expect(statuses(answer).slice(0, arrives.length)).toEqual(arrives.map(() => 200));
    const received = member.take();
    expect(received.length).toBe(arrives.length);
    arrives.forEach((pattern, index) => {
      expect(received[index]).toMatch(pattern);
    });
  });
});

function statuses(answer: string): readonly number[] {
  return [...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));
}
