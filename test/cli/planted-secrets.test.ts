import { describe, expect, test } from "vitest";
import { FORMATS } from "../../core/report/formats/index.js";
import { FORMS } from "../../cli/commands/render.js";
import { runCommand } from "../support/command.js";

/** Stands wherever a file can hold a secret; nothing that is shown may hold it. */
const PLANTED = "Pl4ntedS3cret";

const MODULES =
  "mpm_event authz_core proxy proxy_ajp proxy_http headers slotmem_shm proxy_balancer lbmethod_byrequests";

const CONF = `${MODULES.split(" ")
  .map((name) => `LoadModule ${name}_module modules/mod_${name}.so\n`)
  .join("")}Listen 80
ServerName x
<Proxy balancer://shop>
BalancerMember ajp://10.0.0.1:8009 secret=${PLANTED} route=a
BalancerMember ajp://10.0.0.2:8009 "secret=${PLANTED}" route=b
BalancerMember http://user:${PLANTED}@10.0.0.3:8080 route=c
ProxySet nonce=${PLANTED} stickysession=JSESSIONID
</Proxy>
RequestHeader set Authorization "Basic ${PLANTED}"
Define SHOP_PASSWORD ${PLANTED}
ProxyPass /app balancer://shop
`;

/** Without the user name in a URL, which no description takes. */
const USABLE = CONF.replace(/^.*http:\/\/user:.*\n/m, "");

const SPEC = `clusters:
  shop:
    stickysession: JSESSIONID
    nonce: ${PLANTED}
    members:
      a: { url: "ajp://10.0.0.1", secret: ${PLANTED}, route: a }
      b: { url: "ajp://10.0.0.2", secret: "${PLANTED}", route: b, loadfactor: 3 }
servers:
  web:
    listen: [80]
    serverName: shop.example
    mounts: { /app/: shop }
`;

/** Both whole, and broken where a report quotes the line. */
const INPUTS: Readonly<Record<string, string>> = {
  "whole.conf": CONF,
  "value.conf": CONF.replace("route=a", "loadfactor=x"),
  "long.conf": CONF.replace(PLANTED, PLANTED.repeat(6)),
  "misspelt.conf": CONF.replace("secret=", "secre="),
  "directive.conf": CONF.replace("ProxyPass /app", "ProxyPas /app").replace("RequestHeader", "RequestHeder"),
  "unclosed.conf": CONF.replace("<Proxy balancer://shop>", "<Proxy balancer://shop"),
  "whole.yaml": SPEC,
  "value.yaml": SPEC.replace("loadfactor: 3", "loadfactor: x"),
  "long.yaml": SPEC.replace(`secret: ${PLANTED}`, `secret: ${PLANTED.repeat(6)}`),
  "misspelt.yaml": SPEC.replace("secret:", "secrt:"),
  "kind.yaml": SPEC.replace(`secret: ${PLANTED}`, `secret: [${PLANTED}]`),
  "text.yaml": CONF,
};

const FILES: Readonly<Record<string, string>> = {
  ...INPUTS,
  "after.conf": CONF.replace("route=a", "route=a loadfactor=3"),
  "after.yaml": SPEC.replace("loadfactor: 3", "loadfactor: 4").replace(PLANTED, `${PLANTED}2`),
  "scenario.yaml": "requests: 3\n",
  "error.log": `AH00898: Error reading from remote server returned by /app?password=${PLANTED}\n`,
};

/** Each command on an input, in each of its formats; what only a broken line shows, in those that show lines. */
function usesOf(input: string): readonly (readonly string[])[] {
  const after = input.endsWith(".yaml") ? "after.yaml" : "after.conf";
  const names = input.startsWith("whole") ? Object.keys(FORMATS) : ["text", "json", "markdown", "html"];
  const formats = names.map((format) => ["--format", format]);
  const commands = [
    ["lint", input, "--preset", "strict"],
    ["check", input],
    ["configtest", input],
    ["simulate", input, "--scenario", "scenario.yaml"],
    ["review", input, after],
    ["review", after, input],
  ];
  return [
    ...commands.flatMap((words) => formats.map((format) => [...words, ...format])),
    ["simulate", input, "--scenario", "scenario.yaml", "--explain"],
    ...[[], ["--json"], ["--html"], ["--mermaid"]].map((how) => ["explain", input, ...how]),
    ["lint", input, "--fix", "--diff"],
    ["lint", input, "--fix", "--unsafe", "--diff"],
    ["lint", input, "--write-baseline", "baseline.json"],
    ["diagnose", "error.log", "--config", input],
    ["import", input, "--to", "yaml", "--out", "imported"],
    ...Object.keys(FORMS).flatMap((form) => [
      ["render", input, "--as", form, "--out", "rendered"],
      ["render", input, "--as", form, "--out", "rendered", "--json"],
    ]),
    ...["drain", "reload", "rolling-restart"].flatMap((operation) =>
      ["text", "json"].map((format) => ["runbook", operation, input, "--member", "a", "--format", format]),
    ),
  ];
}

/** Files that are shown, unlike those a front reads. */
const SHOWN_FILES = ["baseline.json"];

describe("a secret that stands in a file is shown by no command", () => {
  test.each(Object.keys(INPUTS))("%s", async (input) => {
    const leaks: string[] = [];
    for (const words of usesOf(input)) {
      const { stdout, stderr, files } = await runCommand(words, FILES);
      const shown = [stdout, stderr, ...SHOWN_FILES.map((name) => files[name] ?? "")].join("\n");
      expect(shown).not.toContain("internal error");
      const at = shown.indexOf(PLANTED);
      if (at !== -1) leaks.push(`${words.join(" ")}: ${shown.slice(Math.max(0, at - 60), at + 20)}`);
    }
    expect(leaks).toEqual([]);
  });
});

test("what is delivered is whole: an import that masked secrets would be another description", async () => {
  const imported = await runCommand(["import", "usable.conf", "--to", "yaml"], { "usable.conf": USABLE });
  expect(imported.stdout).toContain(`secret: ${PLANTED}`);
  expect(imported.stderr).not.toContain(PLANTED);
});

test("JSON stays JSON where secrets are masked", async () => {
  for (const words of [
    ["check", "whole.conf", "--json"],
    ["explain", "whole.conf", "--json"],
    ["review", "misspelt.conf", "after.conf", "--json"],
  ]) {
    const { stdout } = await runCommand(words, FILES);
    expect(() => JSON.parse(stdout) as unknown).not.toThrow();
  }
});

describe("a file that holds a secret is its owner's alone", () => {
  const WORKERS = [
    "worker.list=lb",
    "worker.lb.type=lb",
    "worker.lb.balance_workers=a",
    ...["type=ajp13", "host=10.0.0.1", `secret=${PLANTED}`].map((line) => `worker.a.${line}`),
    "",
  ].join("\n");
  // `init` takes only what it renders alike.
  const TAKEN = CONF.replaceAll(/^(?:BalancerMember http|RequestHeader|Define|BalancerMember .*route=b).*\n/gm, "");
  const ALL = { ...FILES, "workers.properties": WORKERS, "usable.conf": USABLE, "taken.conf": TAKEN };

  test.each([
    [["import", "usable.conf", "--to", "yaml", "--out", "o.yaml"], "o.yaml"],
    [["import", "usable.conf", "--to", "ts", "--out", "o.ts"], "o.ts"],
    [["import", "workers.properties", "--to", "yaml", "--out", "o.yaml"], "o.yaml"],
    [["import", "workers.properties", "--to", "ts", "--out", "o.ts"], "o.ts"],
    [["init", "p", "--from", "taken.conf"], "p/stack.ts"],
    [["render", "whole.yaml", "--out", "r"], "r/httpd.conf"],
    [["render", "whole.yaml", "--as", "mod-jk", "--out", "r"], "r/workers.properties"],
  ] as const)("%j", async (words, file) => {
    const { files, ownerOnly, stderr } = await runCommand(words, ALL);
    expect(files[file], stderr).toContain(PLANTED);
    expect(ownerOnly).toEqual([file]);
  });

  test("and one without a secret is not", async () => {
    const plain = { "plain.conf": CONF.replaceAll(/^.*Pl4nted.*\n/gm, "") };
    const { ownerOnly } = await runCommand(["import", "plain.conf", "--to", "yaml", "--out", "o.yaml"], plain);
    expect(ownerOnly).toEqual([]);
  });
});
