import { expect, it } from "vitest";
import { runCommand } from "../../support/command.js";
import { describeReal } from "../../support/real.js";

const A = "127.0.0.1:18380";
const B = "127.0.0.1:18580";

/** Requests whose method, body, query or place on the client's connection may decide how a failure ends. */
const REQUESTS = {
  GET: "{ count: 1 }",
  "GET with a query": '{ path: "/a?b=c" }',
  HEAD: "{ method: HEAD }",
  DELETE: "{ method: DELETE }",
  "PUT with a body": "{ method: PUT, body: 5 }",
  "POST without a body": "{ method: POST }",
  "POST with a body": "{ body: 5 }",
  "POST with a large body": "{ body: 200000 }",
  "GET on a kept connection": "{ keepalive: true }",
} as const;

type Kind = keyof typeof REQUESTS;
/** What the client sees: the status, and who answered. */
type Seen = Readonly<Record<Kind, string>>;

const all = (seen: string, others: Partial<Seen> = {}): Seen => ({
  ...(Object.fromEntries(Object.keys(REQUESTS).map((kind) => [kind, seen])) as Seen),
  ...others,
});

/** mod_proxy_ajp sends nothing twice that could change something. */
const ONCE = {
  "GET with a query": "500",
  "PUT with a body": "500",
  "POST without a body": "500",
  "POST with a body": "500",
  "POST with a large body": "500",
} as const;

const CASES: readonly (readonly [scheme: string, failure: string, seen: Seen])[] = [
  ["http", "stop", all("200 b")],
  ["http", "closes", all("502", { "GET on a kept connection": "0" })],
  ["http", "reset", all("502", { "GET on a kept connection": "0" })],
  ["http", "breaks", all("502")],
  ["http", "hang", all("502")],
  ["ajp", "stop", all("200 b")],
  ["ajp", "closes", all("200 b", ONCE)],
  ["ajp", "reset", all("200 b", ONCE)],
  ["ajp", "breaks", all("200 b", ONCE)],
  ["ajp", "hang", all("200 b", ONCE)],
];

interface Played {
  readonly member: string | null;
  readonly status: number;
  readonly agrees: boolean;
}

async function playOn(members: readonly string[], steps: readonly string[], settings = "") {
  const lines = members.map((member) => `  BalancerMember ${member}\n`).join("");
  const files = {
    "httpd.conf": `<Proxy balancer://c>\n${lines}${settings}</Proxy>\nProxyPass / balancer://c/\n`,
    "scenario.yaml": `steps:\n${steps.map((step) => `  - ${step}\n`).join("")}`,
  };
  const { stdout, stderr } = await runCommand(
    ["rehearse", "httpd.conf", "--scenario", "scenario.yaml", "--json"],
    files,
  );
  expect(stdout, stderr).not.toBe("");
  return (JSON.parse(stdout) as { readonly picks: readonly Played[] }).picks;
}

describeReal("how a failure ends", ["apache2"], () => {
  it.each(CASES)(
    "%s, %s: model and httpd agree for every kind of request, and on whether the member is in error",
    async (scheme, failure, seen) => {
      const a = `${scheme}://${A}`;
      const fail = failure === "stop" ? `stop: "${a}"` : `respond: { member: "${a}", failure: ${failure} }`;
      const mend = failure === "stop" ? `start: "${a}"` : `respond: { member: "${a}", status: 200 }`;
      const kinds = Object.keys(REQUESTS) as readonly Kind[];
      const steps = kinds.flatMap((kind) => [
        // Two requests before, so that it is the first member's turn; on one connection for the last kind.
        `request: { count: 2, keepalive: true }`,
        fail,
        `request: ${REQUESTS[kind]}`,
        mend,
        "request: 2",
        "reload: restart",
      ]);
      const picks = await playOn([`${a} timeout=1`, `${scheme}://${B} timeout=1`], steps);
      const told = picks
        .filter((_pick, index) => index % 5 === 2)
        .map(({ member, status }) => {
          return member === null ? String(status) : `${status} ${member.endsWith(B) ? "b" : "a"}`;
        });
      expect(Object.fromEntries(kinds.map((kind, index) => [kind, told[index]]))).toEqual(seen);
      expect(picks.filter(({ agrees }) => !agrees)).toEqual([]);
    },
    120_000,
  );

  it.each([
    ["ajp", "ping=1", "hang", "504"],
    ["ajp", "ping=1", "closes", "200"],
    ["ajp", "status=+I", "closes", "503"],
    ["ajp", "status=+I", "hang", "503"],
    ["http", "status=+I", "hang", "502"],
    ["http", "ping=1", "hang", "502"],
  ] as const)("%s member with %s, %s: %s", async (scheme, parameter, failure, status) => {
    const a = `${scheme}://${A}`;
    const members = [`${a} timeout=1 ${parameter}`, `${scheme}://${B} timeout=1`];
    const steps = [
      `respond: { member: "${a}", failure: ${failure} }`,
      "request: 1",
      `respond: { member: "${a}", status: 200 }`,
      "request: 3",
    ];
    const picks = await playOn(members, steps);
    expect(picks.map(({ agrees }) => agrees)).toEqual([true, true, true, true]);
    expect(String(picks[0]?.status)).toBe(status);
  });

  it.each(["http", "ajp"])("failontimeout does to a hanging %s member what the model says", async (scheme) => {
    const a = `${scheme}://${A}`;
    const members = [`${a} timeout=1 ping=1`, `${scheme}://${B} timeout=1`];
    const steps = [
      `respond: { member: "${a}", failure: hang }`,
      "request: 1",
      `respond: { member: "${a}", status: 200 }`,
      "request: 3",
    ];
    const picks = await playOn(members, steps, "  ProxySet failontimeout=On\n");
    expect(picks.filter(({ agrees }) => !agrees)).toEqual([]);
  });

  it("an answer later than the timeout is none, one before it is one", async () => {
    const a = `http://${A}`;
    const steps = [
      `respond: { member: "${a}", delay: 400ms }`,
      "request: 2",
      `respond: { member: "${a}", delay: 1600ms }`,
      "request: 2",
    ];
    const picks = await playOn([`${a} timeout=1`, `http://${B}`], steps);
    expect(picks.map(({ status }) => status)).toEqual([200, 200, 502, 200]);
    expect(picks.filter(({ agrees }) => !agrees)).toEqual([]);
  });
});
