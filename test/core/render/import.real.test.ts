import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { adoptTopology } from "../../../core/render/adopt.js";
import { fillText } from "../../../core/render/files.js";
import { outputFaults } from "../../../core/render/proof.js";
import { renderTopology } from "../../../core/render/render.js";
import { readSpec } from "../../../core/spec/read-spec.js";
import { specYaml } from "../../../core/spec/spec.js";
import { problemText } from "../../../core/vocabulary/problem.js";
import { readText } from "../../support/conf-fixtures.js";
import { describeReal } from "../../support/real.js";
import { SEED } from "../../support/seed.js";
import { Rig } from "../route/rig.js";
import type { Layout } from "../route/rig.js";
import { asked, files } from "./import-generate.js";

/** What a file becomes: the httpd.conf of its spec, or why none is written. */
type Imported = { readonly text: string } | { readonly refused: string };

function imported(text: string): Imported {
  const original = readText(text, { modernAccess: true });
  const { topology, problems } = adoptTopology(original.topology);
  if (problems.length > 0) return { refused: problems.map(problemText).join("\n") };
  const reading = readSpec(specYaml(topology), "spec.yaml");
  if (!reading.ok) return { refused: reading.problems.map(problemText).join("\n") };
  const rendered = renderTopology(reading.topology);
  if (!rendered.ok) return { refused: rendered.problems.map(problemText).join("\n") };
  const faults = outputFaults(original, reading.topology).filter(({ kind }) => kind !== "unfollowed");
  if (faults.length > 0) return { refused: faults.map((fault) => `${fault.kind} ${fault.text}`).join("\n") };
  return { text: fillText(rendered.files[0]?.text ?? "", ({ deferred }) => deferred) };
}

const main = (...lines: readonly string[]): Layout => ({ main: lines, hosts: [] });
const ALL = "ProxyPass / balancer://a/";

/** Files, what httpd answers to a path of each, before and behind import and render. */
const CASES: readonly (readonly [string, Layout, string, string])[] = [
  [
    "a <Proxy *> in front of a balancer's own section",
    main("<Proxy *>\nRequire all granted\n</Proxy>", "<Proxy balancer://a>\nRequire all denied\n</Proxy>", ALL),
    ...(["/", "403"] as const),
  ],
  [
    "a balancer's own section in front of a <ProxyMatch>",
    main(
      "<Proxy balancer://a>\nRequire all denied\n</Proxy>",
      "<ProxyMatch .>\nRequire all granted\n</ProxyMatch>",
      ALL,
    ),
    ...(["/", "a / "] as const),
  ],
  [
    "the words of httpd 2.2 in both",
    main(
      "<Proxy *>\nOrder deny,allow\nAllow from all\n</Proxy>",
      "<Proxy balancer://a>\nOrder allow,deny\nAllow from 10.0.0.0/8\n</Proxy>",
      ALL,
    ),
    ...(["/", "403"] as const),
  ],
  [
    "a Location that closes what a mount's Location opens behind it",
    main(
      '<Location "/app*">\nRequire all denied\n</Location>',
      "<Location /app>\nProxyPass balancer://a\nRequire all granted\n</Location>",
    ),
    ...(["/app/x", "a /x "] as const),
  ],
  [
    "a mount's Location in front of one that closes it",
    main(
      "<Location /app>\nProxyPass balancer://a\nRequire all granted\n</Location>",
      "<LocationMatch ^/a>\nRequire all denied\n</LocationMatch>",
    ),
    ...(["/app/x", "403"] as const),
  ],
  [
    "a balancer-manager hidden by a mount",
    main(ALL, "<Location /bm>\nSetHandler balancer-manager\nRequire all granted\n</Location>"),
    ...(["/bm", "a /bm "] as const),
  ],
  [
    "a section of a virtual host about the main server's balancer",
    {
      main: [],
      hosts: [
        {
          addresses: ["*:PORT"],
          lines: ["<Proxy balancer://a>\nProxySet maxattempts=1\nRequire all denied\n</Proxy>", ALL],
        },
      ],
    },
    ...(["/", "403"] as const),
  ],
  [
    "words of httpd 2.2 in one section and Require in another",
    main(ALL, "<Location />\nRequire all denied\n</Location>", "<Location /app>\nAllow from all\n</Location>"),
    ...(["/app", "403"] as const),
  ],
  [
    "words of httpd 2.2 for one method",
    main(ALL, "<Location />\nOrder allow,deny\nAllow from all\n<Limit GET>\nDeny from 127\n</Limit>\n</Location>"),
    ...(["/app", "403"] as const),
  ],
  [
    "a ProxyPass that its section's expression is a prefix to",
    main('<LocationMatch "^/m">\nProxyPass balancer://a\n</LocationMatch>'),
    ...(["/m/k", "404"] as const),
  ],
  ["a path that nothing is mounted at", main("ProxyPass /app balancer://a"), "/nothing", "404"],
];

describeReal("import and render", ["apache2"], () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open();
  });
  afterAll(async () => {
    await rig.close();
  });

  it.each(CASES.map((one) => ({ law: one[0], one })))("keep $law", { timeout: 60_000 }, async ({ one }) => {
    const [, layout, path, answer] = one;
    const [before] = await rig.answers(layout, [{ path }]);
    expect(before).toBe(answer);
    const [after] = await rig.answers(layout, [{ path }], (text) => textOf(imported(text)));
    expect(after).toBe(answer);
  });

  it(
    "open nothing that was closed and lose no answer of a member, or refuse to write",
    { timeout: 900_000 },
    async () => {
      const numRuns = Number(process.env["CONFS"] ?? 12);
      const cases = fc.sample(fc.tuple(files, asked), { numRuns, seed: SEED });
      const refusals: string[] = [];
      for (const [index, [layout, requests]] of cases.entries()) {
        const result = imported(rig.text(layout));
        if ("refused" in result) {
          refusals.push(`${index}: ${result.refused}`);
          continue;
        }
        const before = await rig.answers(layout, requests);
        const after = await rig.answers(layout, requests, (text) => textOf(imported(text)));
        for (const [number, request] of requests.entries()) {
          const [was, is] = [before[number] ?? "", after[number] ?? ""];
          const what = `SEED=${SEED}, case ${index}: ${JSON.stringify(request)}\n${rig.text(layout)}`;
          if (isAnswer(was) && was !== "200") expect(is, what).toBe(was);
          else if (!isAnswer(was)) expect(isAnswer(is), `${what}\n${was} ${is}`).toBe(false);
        }
      }
      expect(refusals.length, refusals.join("\n")).toBeLessThan(cases.length / 2);
    },
  );
});

function textOf(result: Imported): string {
  if ("refused" in result) throw new Error(result.refused);
  const own = /^(?:ServerRoot|DefaultRuntimeDir|PidFile|User|Group|ErrorLog|CustomLog) .*$/gm;
  return result.text.replace(own, "");
}

/** A member's text, or a page of httpd's own. */
function isAnswer(text: string): boolean {
  return text === "200" || !/^[0-9]{3}$/.test(text);
}
