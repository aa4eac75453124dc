import { expect, it } from "vitest";
import { runCommand } from "../../support/command.js";
import { describeReal } from "../../support/real.js";

const MODULES = ["mpm_event", "authz_core", "slotmem_shm", "proxy", "proxy_balancer", "lbmethod_byrequests"];

/** A file with two members of one balancer, and the modules it loads beside those that any balancer needs. */
function fileWith(modules: readonly string[], members: readonly string[], more = ""): string {
  const loads = [...MODULES, ...modules].map((name) => `LoadModule ${name}_module modules/mod_${name}.so`);
  const lines = members.map((member) => `  BalancerMember ${member}`);
  return `${[...loads, "Listen 80", "<Proxy balancer://c>", ...lines, "</Proxy>", more, "ProxyPass / balancer://c/"].join("\n")}\n`;
}

interface Rehearsal {
  readonly agrees: boolean;
  readonly picks: readonly { readonly member: string | null; readonly status: number }[];
}

async function answersOf(conf: string, requests = 4): Promise<readonly (string | number)[]> {
  const files = { "httpd.conf": conf, "scenario.yaml": `steps:\n  - request: ${requests}\n` };
  const { stdout, stderr } = await runCommand(
    ["rehearse", "httpd.conf", "--scenario", "scenario.yaml", "--json"],
    files,
  );
  expect(stdout, stderr).not.toBe("");
  const { picks, agrees } = JSON.parse(stdout) as Rehearsal;
  expect({ agrees, picks }).toMatchObject({ agrees: true });
  return picks.map(({ member, status }) => member ?? status);
}

describeReal("a member whose scheme no module handles", ["apache2"], () => {
  it("gets 503 for each request that it has the turn of, and nobody stands in for it", async () => {
    const conf = fileWith(["proxy_http"], ["ajp://a:1", "http://b:1"]);
    expect(await answersOf(conf)).toEqual([503, "http://b:1", 503, "http://b:1"]);
  });

  it("gets 500 where mod_ssl alone is missing", async () => {
    const conf = fileWith(["proxy_http"], ["https://a:1", "http://b:1"]);
    expect(await answersOf(conf)).toEqual([500, "http://b:1", 500, "http://b:1"]);
  });

  it("is put into error by failonstatus alone", async () => {
    const conf = fileWith(["proxy_http"], ["ajp://a:1 retry=60", "http://b:1"], "");
    expect(await answersOf(conf.replace("</Proxy>", "  ProxySet failonstatus=503\n</Proxy>"))).toEqual([
      503,
      "http://b:1",
      "http://b:1",
      "http://b:1",
    ]);
  });

  it("breaks always-served, and no other promise is said to hold", async () => {
    const files = { "httpd.conf": fileWith(["proxy_http"], ["http://b:1", "ajp://a:1"]) };
    const { stdout } = await runCommand(["check", "httpd.conf", "--json"], files);
    const { promises } = JSON.parse(stdout) as {
      promises: readonly { id: string; holds: boolean; counterexample: { explanation: string; scenario: unknown } }[];
    };
    expect(promises.every(({ holds }) => !holds)).toBe(true);
    expect(promises.find(({ id }) => id === "always-served")?.counterexample).toMatchObject({
      scenario: { steps: [{ request: 2 }] },
    });
    const told = await runCommand(["explain", "httpd.conf"], files);
    expect(told.stdout).toContain("Requests that are given to a:1 get 503, whoever else is up");
  });

  it("is one of all members where mod_proxy_http is missing, and mod_proxy_balancer missing is 500", async () => {
    expect(await answersOf(fileWith([], ["http://a:1", "http://b:1"]))).toEqual([503, 503, 503, 503]);
    const conf = fileWith(["proxy_http"], ["http://a:1", "http://b:1"]).replace(
      /^LoadModule (?:proxy_balancer|lbmethod).*$/gm,
      "",
    );
    expect(await answersOf(conf, 2)).toEqual([500, 500]);
  });
});
