import { expect, it } from "vitest";
import { inLab } from "../core/lint/lab.js";
import { runCommand } from "../support/command.js";
import { describeReal } from "../support/real.js";

const MEMBERS = "<Proxy balancer://c>\nBalancerMember http://h:1\nBalancerMember http://h:2\n</Proxy>\n";
const ALL = "ProxyPass / balancer://c/\n";

/** Files whose repair would let somebody reach what nobody could, and paths with who answers: a member, or httpd. */
const CLOSED: readonly (readonly [what: string, conf: string, answers: Readonly<Record<string, string>>])[] = [
  [
    "a balancer-manager at / behind a mount of /",
    `${MEMBERS}<Location />\nSetHandler balancer-manager\nRequire local\n</Location>\n${ALL}`,
    { "/": "ab", "/balancer-manager": "ab" },
  ],
  [
    "a balancer-manager behind a mount of /, open in the words of httpd 2.2",
    `${MEMBERS}<Location /balancer-manager>\nSetHandler balancer-manager\nOrder Deny,Allow\nAllow from all\n</Location>\n${ALL}`,
    { "/balancer-manager": "ab", "/x": "ab" },
  ],
  [
    "a balancer-manager behind a mount of /, open in those of httpd 2.4",
    `${MEMBERS}<LocationMatch ^/bm>\nSetHandler balancer-manager\nRequire all granted\n</LocationMatch>\n${ALL}`,
    { "/bm": "ab", "/bm/x": "ab" },
  ],
  [
    "a page that only members may refuse",
    `${MEMBERS}<Location /in>\nRequire all denied\n</Location>\n${ALL}`,
    { "/in": "403  403", "/x": "ab" },
  ],
];

/** What the program makes of a file; the place of what it asks is taken by what is real. */
async function repaired(conf: string): Promise<string> {
  const { files } = await runCommand(["lint", "httpd.conf", "--fix", "--unsafe"], { "httpd.conf": conf });
  return files["httpd.conf"] ?? "";
}

/** What import and render make of it: the lines behind those of a server of its own. */
async function rendered(conf: string): Promise<string> {
  const spec = await runCommand(["import", "httpd.conf", "--to", "yaml", "--out", "s.yaml"], { "httpd.conf": conf });
  const { files, stderr } = await runCommand(["render", "s.yaml", "--out", "out"], spec.files);
  const path = Object.keys(files).find((name) => name.endsWith("/httpd.conf"));
  expect(path, stderr).toBeDefined();
  const own =
    /^(?:ServerRoot|DefaultRuntimeDir|PidFile|User|Group|Listen|LoadModule|ErrorLog|CustomLog|LogFormat|RequestReadTimeout) .*\n/gm;
  return (files[path ?? ""] ?? "").replace(own, "");
}

describeReal("a repair opens nothing on the real httpd", ["apache2"], () => {
  it.each(CLOSED)("%s", { timeout: 180_000 }, async (_, conf, answers) => {
    for (const text of [conf, await repaired(conf), await rendered(conf)]) {
      await inLab(
        ({ a, b }) => text.replaceAll("http://h:1", a).replaceAll("http://h:2", b),
        async ({ ask }) => {
          for (const [path, by] of Object.entries(answers)) expect([path, await ask(2, path)]).toEqual([path, by]);
        },
      );
    }
  });
});
