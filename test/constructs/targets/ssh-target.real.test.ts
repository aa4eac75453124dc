import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import "../../../cli/commands/review.js";
import type { ReviewReport } from "../../../core/review/report.js";
import { runCommand } from "../../support/command.js";
import { describeReal } from "../../support/real.js";
import { sshLab } from "../../support/ssh-lab.js";
import { oneFront, sshSite } from "../../support/ssh-site.js";
import type { Lab, LabHost } from "../../support/ssh-lab.js";
import type { OneFront } from "../../support/ssh-site.js";

const REAL = ["terraform", "apache2", "sshd", "sudo", "unshare"] as const;

/** Lines of a diff that a reader of a plan sees, without what only pads them. */
function changedLines(output: string): readonly string[] {
  const lines = output.split("\n").filter((line) => /^\s+[-+] +\S/.test(line));
  return [...new Set(lines.map((line) => line.trim().replace(/ +/g, " ")))];
}

describeReal("an SSH target, by an unprivileged user with one command", REAL, () => {
  let lab: Lab;
  let front: LabHost;
  let site: OneFront["site"];

  beforeAll(async () => {
    ({ lab, front, site } = await oneFront());
  });

  afterAll(() => {
    lab.end();
  });

  test("is refused before the host is prepared, with what to do", async () => {
    site.write();
    await site.init();
    const { status, output } = await site.apply();
    expect(status, output).toBe(1);
    expect(output).toContain("front1, prepare: the command /usr/local/sbin/httpd-front-web is not there");
    expect(output).toContain("what to do: run prepare.sh there once, as root");
    expect(site.prepare(front)).toContain("prepared: deploy may call /usr/local/sbin/httpd-front-web");
  });

  test("brings the very bytes that were synthesized, and serves; the second plan is empty", async () => {
    const { status, output } = await site.apply();
    expect(status, output).toBe(0);
    expect(front.run("cat /etc/apache2/apache2.conf")).toBe(site.synthesized());
    expect(lab.get("http://10.77.0.1/")).toMatch(/^838[12]\n$/);
    expect(await site.plan()).toMatchObject({ status: 0 });
    expect(front.run("su deploy -c 'sudo -n id' || true")).toMatch(/password is required|not allowed/);
  });

  test("a changed weight is one changed line of the plan; the process stays, the file before stays beside", async () => {
    const pid = front.run("cat /run/apache2/apache2.pid");
    site.write({ members: { 8381: 1, 8382: 3 } });
    const plan = await site.plan();
    expect(plan.status).toBe(2);
    expect(changedLines(plan.output)).toEqual([
      "- BalancerMember http://10.77.0.254:8382 loadfactor=1",
      "+ BalancerMember http://10.77.0.254:8382 loadfactor=3",
    ]);
    const { status, output } = await site.apply();
    expect(status, output).toBe(0);
    expect(front.run("cat /run/apache2/apache2.pid")).toBe(pid);
    expect(front.run("ls -A /etc/apache2")).toBe("apache2.conf\napache2.conf.1\n");
    expect(front.run("grep -h 8382 /etc/apache2/apache2.conf /etc/apache2/apache2.conf.1")).toMatch(/=3\n.*=1\n/);
  });

  test("a file that was not reviewed is refused before anything is sent, and the reviewed one is deployed", async () => {
    const members = { 8381: 1, 8382: 2 };
    const before = front.run("cat /etc/apache2/apache2.conf");
    site.write({ members });
    const plan = await site.plannedJson();
    site.write({ members, reviewed: "0".repeat(64) });
    const refused = await site.apply();
    expect(refused.status).toBe(1);
    expect(refused.output).toContain("front1, review: the file is not the one that was reviewed");
    expect(front.run("cat /etc/apache2/apache2.conf")).toBe(before);
    const files = { "before.conf": before, "after.conf": site.synthesized(), "plan.json": plan };
    const sums = await Promise.all(
      [
        ["before.conf", "after.conf"],
        ["--plan", "plan.json"],
      ].map(async (words) => {
        const { inputs } = JSON.parse((await runCommand(["review", ...words, "--json"], files)).stdout) as ReviewReport;
        const [sum] = inputs.flatMap((input) => input.sum ?? []);
        expect((await runCommand(["review", ...words], files)).stdout).toContain(sum);
        return sum;
      }),
    );
    const [reviewed = "", planned] = sums;
    expect(planned).toBe(reviewed);
    site.write({ members, reviewed });
    const { status, output } = await site.apply();
    expect(status, output).toBe(0);
    expect(front.run("sha256sum </etc/apache2/apache2.conf")).toBe(`${reviewed}  -\n`);
    site.write({ members: { 8381: 1, 8382: 4 }, reviewed });
    expect((await site.apply()).output).toMatch(new RegExp(`its sum is [0-9a-f]{64}, and ${reviewed} was reviewed`));
    expect(front.run("sha256sum </etc/apache2/apache2.conf")).toBe(`${reviewed}  -\n`);
  });

  test("a secret is in no plan, state, output, list of processes or file that others read", async () => {
    const secret = "planted-open-sesame";
    site.write({ secret });
    const said: string[] = [(await site.plan()).output];
    const watched = front.run("(for i in $(seq 80); do ps -eo args; sleep 0.1; done) >/run/seen 2>&1 & echo");
    const { status, output } = await site.apply();
    expect(status, output + watched).toBe(0);
    front.run("echo '# mine' >>/etc/apache2/apache2.conf");
    site.write({ secret, members: { 8381: 2 } });
    const edited = await site.apply();
    expect(edited.output).toContain("was edited by hand");
    said.push(output, edited.output, front.run("cat /run/seen /usr/local/sbin/httpd-front-web"));
    said.push(
      readFileSync(`${site.stackFolder}/cdk.tf.json`, "utf8"),
      readFileSync(`${site.stackFolder}/../../../shop.tfstate`, "utf8"),
    );
    for (const text of said) expect(text).not.toContain(secret);
    expect(
      front.run(
        "grep -rl planted-open-sesame /etc/apache2 /var/lib/httpd-balancer | xargs stat -c %A | cut -c 5- | sort -u",
      ),
    ).toBe("------\n");
    site.write({ members: { 8381: 1, 8382: 3 }, edited: "overwrite" });
    expect(await site.apply()).toMatchObject({ status: 0 });
  });

  test("a file that httpd refuses leaves the one in place, and one that does not serve goes back", async () => {
    const working = front.run("cat /etc/apache2/apache2.conf");
    site.write({ extra: ["Include /nonexistent.conf"] });
    const refused = await site.apply();
    expect(refused.status).toBe(1);
    expect(refused.output).toContain("Could not open configuration file /nonexistent.conf");
    expect(refused.output).toContain("web: httpd refuses the new file; the one in place was kept");
    expect(front.run("cat /etc/apache2/apache2.conf")).toBe(working);
    site.write({ members: { 9999: 1 } });
    const dead = await site.apply();
    expect(dead.status).toBe(1);
    expect(dead.output).toContain("answered before and now 503; the file before is back and serves");
    expect(front.run("cat /etc/apache2/apache2.conf")).toBe(working);
    expect(lab.get("http://10.77.0.1/")).toMatch(/^838[12]\n$/);
    site.write({ members: { 8381: 1, 8382: 3 } });
    expect(await site.apply()).toMatchObject({ status: 0 });
  });

  test("a file that was edited by hand is shown and kept, and overwritten only when that is allowed", async () => {
    front.run("echo '# mine' >>/etc/apache2/apache2.conf");
    site.write({ members: { 8381: 1, 8382: 4 } });
    const refused = await site.apply();
    expect(refused.status).toBe(1);
    expect(refused.output).toContain("+# mine");
    expect(refused.output).toContain("/etc/apache2/apache2.conf was edited by hand since the last deploy");
    expect(front.run("tail -n 1 /etc/apache2/apache2.conf")).toBe("# mine\n");
    site.write({ members: { 8381: 1, 8382: 4 }, edited: "overwrite" });
    const { status, output } = await site.apply();
    expect(status, output).toBe(0);
    expect(front.run("tail -n 1 /etc/apache2/apache2.conf.1")).toBe("# mine\n");
  });

  test("another host key, a key that may not log in and a closed port are each one sentence, and change nothing", async () => {
    const before = front.run("cat /etc/apache2/apache2.conf");
    const [kind, , ...rest] = front.hostKey.split(" ");
    const stranger = {
      ...front,
      hostKey: [kind, "AAAAC3NzaC1lZDI1NTE5AAAAIEcl6nX0bq1WqUFPZaE0Zsaj8F5fdoyCyHe9rVw3n7Jz", ...rest].join(" "),
    };
    site.write({ members: { 8381: 2 }, fronts: [stranger] });
    expect((await site.apply()).output).toContain(
      "front1, connect: the host shows another ssh-ed25519 key than the one that is pinned",
    );
    site.write({ members: { 8381: 2 }, keyFile: `${lab.folder}/host1` });
    expect((await site.apply()).output).toContain(`front1, connect: deploy may not log in with ${lab.folder}/host1`);
    expect(front.run("cat /etc/apache2/apache2.conf")).toBe(before);
  });

  test("destroy restores what was there: nothing", async () => {
    site.write({ members: { 8381: 1, 8382: 4 } });
    expect(await site.apply()).toMatchObject({ status: 0 });
    const { status, output } = await site.destroy();
    expect(status, output).toBe(0);
    expect(front.run("ls -A /etc/apache2; ls /var/lib/httpd-balancer")).toBe("");
  });
});

describeReal("an SSH target of several fronts", REAL, () => {
  let lab: Lab;
  let site: ReturnType<typeof sshSite>;

  beforeAll(async () => {
    lab = await sshLab(3);
    site = sshSite(lab);
    await lab.member(8381);
    await lab.member(8382);
    site.write();
    await site.init();
    lab.hosts.forEach(site.prepare);
  });

  afterAll(() => {
    lab.end();
  });

  const weights = (): readonly string[] =>
    lab.hosts.map((host) => host.run("sed -n 's/.*8382 loadfactor=//p' /etc/apache2/apache2.conf || true").trim());

  test("are rolled one after another; each is out of the balancing address while it is touched", async () => {
    const log = `${lab.folder}/roll`;
    const outIn = { out: `echo out $FRONT $ADDRESS >>${log}`, in: `echo in $FRONT >>${log}` };
    site.write({ members: { 8381: 1, 8382: 2 }, outIn });
    const { status, output } = await site.apply();
    expect(status, output).toBe(0);
    expect(weights()).toEqual(["2", "2", "2"]);
    const expected = [1, 2, 3].flatMap((number) => [`out front${number} 10.77.0.${number}`, `in front${number}`]);
    expect(readFileSync(log, "utf8").trim().split("\n")).toEqual(expected);
  });

  test("a failure stops the roll and says which fronts run what; the next apply goes on from there", async () => {
    const second = lab.hosts[1]!;
    second.run("mv /usr/local/sbin/httpd-front-web /usr/local/sbin/away");
    site.write({ members: { 8381: 1, 8382: 3 } });
    const { status, output } = await site.apply();
    expect(status).toBe(1);
    expect(output).toContain(
      "which runs what: front1 the new file; front2 what ran before; front3 what ran before: not touched",
    );
    expect(weights()).toEqual(["3", "2", "2"]);
    second.run("mv /usr/local/sbin/away /usr/local/sbin/httpd-front-web");
    expect((await site.plan()).output).toContain("loadfactor=3");
    expect(await site.apply()).toMatchObject({ status: 0 });
    expect(weights()).toEqual(["3", "3", "3"]);
    expect(await site.plan()).toMatchObject({ status: 0 });
  });

  test("one that is taken out of the list is as it was before its first deploy; the others stay", async () => {
    const third = lab.hosts[2]!;
    third.run("ls /etc/apache2/apache2.conf /var/lib/httpd-balancer");
    site.write({ members: { 8381: 1, 8382: 3 }, fronts: lab.hosts.slice(0, 2) });
    const { status, output } = await site.apply();
    expect(status, output).toBe(0);
    expect(third.run("ls -A /etc/apache2; ls /var/lib/httpd-balancer")).toBe("");
    expect(weights().slice(0, 2)).toEqual(["3", "3"]);
    for (const { address } of lab.hosts.slice(0, 2)) expect(lab.get(`http://${address}/`)).toMatch(/^838[12]\n$/);
    expect(await site.plan()).toMatchObject({ status: 0 });
  });
});
