import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { applyPatch } from "diff";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { Access } from "../../../constructs/access.js";
import { runCommand } from "../../support/command.js";
import { describeReal } from "../../support/real.js";
import { oneFront } from "../../support/ssh-site.js";
import type { Lab, LabHost } from "../../support/ssh-lab.js";
import type { OneFront } from "../../support/ssh-site.js";

vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 });

const MANAGER = 'M=http://127.0.0.1/balancer-manager; xml() { curl -s -e $M "$M?xml=1"; }';

describeReal(
  "an SSH target and what operators changed live",
  ["terraform", "apache2", "sshd", "sudo", "unshare"],
  () => {
    let lab: Lab;
    let front: LabHost;
    let site: OneFront["site"];

    beforeAll(async () => {
      ({ lab, front, site } = await oneFront());
      site.write({ manager: true });
      await site.init();
      site.prepare(front);
      expect(await site.apply()).toMatchObject({ status: 0 });
    });

    afterAll(() => {
      lab.end();
    });

    /** As an operator does in balancer-manager, of the second member. */
    const change = (form: string): string =>
      front.run(`${MANAGER}; N=$(xml | sed -n 's:.*<httpd\\:nonce>\\([^<]*\\)<.*:\\1:p' | head -n 1)
curl -s -o /dev/null -e $M --data-urlencode b=shopping --data-urlencode w=http://10.77.0.254:8382 -d nonce=$N -d ${form} $M`);

    /** What `drift --sum` prints of a front whose manager answers this. */
    async function sumOfLive(conf: string, xml: string): Promise<string> {
      const server = createServer((_, answer) => answer.end(xml));
      await once(server.listen(0, "127.0.0.1"), "listening");
      const { port } = server.address() as AddressInfo;
      const words = ["drift", "a.conf", "--manager", `http://127.0.0.1:${port}/balancer-manager`, "--sum"];
      const { status, stdout, stderr } = await runCommand(words, { "a.conf": conf });
      server.close();
      expect(status, stderr).toBe(0);
      return stdout.trim();
    }

    /** Load factor and status of the second member. */
    const live = (): readonly string[] => {
      const xml = front.run(`${MANAGER}; xml`);
      const worker = xml.split("<httpd:worker>").find((part) => part.includes("10.77.0.254:8382</httpd:name>")) ?? "";
      return ["loadfactor", "status"].map(
        (name) => new RegExp(`<httpd:${name}>\\s*(.*?)\\s*</`).exec(worker)?.[1] ?? "",
      );
    };

    test("a deploy that would undo a drain or a weight is refused and shows them", async () => {
      change("w_lf=7");
      change("w_status_N=1");
      site.write({ manager: true, members: { 8381: 2, 8382: 1 } });
      const { status, output } = await site.apply();
      expect(status).toBe(1);
      expect(output).toContain("shopping http://10.77.0.254:8382: status +N");
      expect(output).toContain("shopping http://10.77.0.254:8382: loadfactor 7.00, which was 1.00");
      expect(output).toContain("a reload would undo what was changed live");
      expect(front.run("cat /etc/apache2/apache2.conf")).not.toContain("loadfactor=2");
      expect(live()).toEqual(["7.00", expect.stringContaining("Drn")]);
    });

    test("carry sets them again after the reload, from deploy to deploy; a member that is gone is named", async () => {
      for (const weight of [2, 3]) {
        site.write({ manager: true, members: { 8381: weight, 8382: 1 }, live: "carry" });
        const { status, output } = await site.apply();
        expect(status, output).toBe(0);
        expect(output).toContain("set again after the reload, and read back");
        expect(live()).toEqual(["7.00", expect.stringContaining("Drn")]);
        expect(front.run("cat /etc/apache2/apache2.conf")).toContain(`8381 loadfactor=${weight}`);
      }
      site.write({ manager: true, members: { 8381: 3 }, live: "carry" });
      const { status, output } = await site.apply();
      expect(status, output).toBe(0);
      expect(output).toContain("gone with the new file: http://10.77.0.254:8382");
    });

    test("discard takes the file's values and says what goes", async () => {
      site.write({ manager: true, live: "discard" });
      expect(await site.apply()).toMatchObject({ status: 0 });
      change("w_lf=9");
      site.write({ manager: true, members: { 8381: 4, 8382: 1 }, live: "discard" });
      const { status, output } = await site.apply();
      expect(status, output).toBe(0);
      expect(output).toContain("loadfactor 9.00, which was 1.00");
      expect(live()[0]).toBe("1.00");
    });

    test("adopt sets them again, too, and writes the patch with which the file says them; described so they are no change", async () => {
      change("w_lf=7.5");
      change("w_status_N=1");
      site.write({ manager: true, members: { 8381: 5, 8382: 1 }, live: "adopt" });
      const { status, output } = await site.apply();
      expect(status, output).toBe(0);
      expect(output).toContain("set again after the reload, and read back");
      const drained = ["7.50", expect.stringContaining("Drn")];
      expect(live()).toEqual(drained);
      const file = "web/deployment/front1.adopt.patch";
      expect(output).toContain(`front1, adopt: the patch is in ${file}`);
      const adopted = applyPatch(site.synthesized(), readFileSync(join(site.stackFolder, file), "utf8"));
      if (adopted === false) throw new Error(output);
      expect(adopted).toContain("BalancerMember http://10.77.0.254:8382 loadfactor=7.5 status=+N\n");
      site.write({ manager: true, members: { 8381: 5, 8382: 7.5 }, drained: 8382 });
      expect(site.synthesized()).toBe(adopted);
      const described = await site.apply();
      expect(described.status, described.output).toBe(0);
      expect(described.output).not.toContain("set again");
      expect(live()).toEqual(drained);
      change("w_status_N=0");
      site.write({ manager: true, members: { 8381: 6, 8382: 7.5 }, drained: 8382 });
      expect((await site.apply()).output).toContain("shopping http://10.77.0.254:8382: status -N");
    });

    test("a manager that somebody closed keeps a deploy from undoing what cannot be seen, and changes nothing", async () => {
      site.write({ manager: true, members: { 8381: 4, 8382: 1 }, live: "discard" });
      expect(await site.apply()).toMatchObject({ status: 0 });
      front.run("sed -i 's/Require local/Require all denied/' /etc/apache2/apache2.conf; apache2 -k graceful");
      await vi.waitFor(() => {
        expect(front.run(`${MANAGER}; curl -s -o /dev/null -w '%{http_code}' $M`)).toBe("403");
      }, 30_000);
      const closed = front.run("cat /etc/apache2/apache2.conf");
      site.write({ manager: true, members: { 8381: 4, 8382: 2 }, edited: "overwrite" });
      const { status, output } = await site.apply();
      expect(status).toBe(1);
      expect(output).toMatch(/web: what was changed live cannot be seen: http:\S+ answers 403; nothing was changed/);
      expect(output).toMatch(
        /what to do: let this host ask its balancer-manager \(Require local\), or say live: "discard"/,
      );
      expect(front.run("cat /etc/apache2/apache2.conf")).toBe(closed);
      site.write({ manager: true, members: { 8381: 4, 8382: 2 }, edited: "overwrite", live: "discard" });
      expect(await site.apply()).toMatchObject({ status: 0 });
    });

    test("what is live, and the description, are bound to what was reviewed, too; what differs is said", async () => {
      const members = { 8381: 4, 8382: 3 };
      const text = front.run("cat /etc/apache2/apache2.conf");
      const liveNow = front.run(`${MANAGER}; xml`);
      const sum = await sumOfLive(text, liveNow);
      site.write({ manager: true, members });
      const description = readFileSync(join(site.stackFolder, "web/deployment/description.sum"), "utf8").trim();
      change("w_lf=6");
      site.write({ manager: true, members, live: "discard", reviewed: { description, live: sum } });
      const changed = await site.apply();
      expect(changed.status).toBe(1);
      expect(changed.output).toMatch(/shopping http:\/\/10\.77\.0\.254:8382: loadfactor 6\.00, which was [12]\.00/);
      expect(changed.output).toMatch(
        new RegExp(`what is live is not what was reviewed: its sum is [0-9a-f]{64}, and ${sum} was reviewed`),
      );
      const none = "0".repeat(64);
      site.write({ manager: true, members, live: "discard", reviewed: { file: none, description: none } });
      const { output } = await site.apply();
      expect(output.replace(/\s+/g, " ")).toContain(
        `the description is not the one that was reviewed: its sum is ${description}`,
      );
      expect(output).toContain("front1, review: the file is not the one that was reviewed");
      expect(front.run("cat /etc/apache2/apache2.conf")).toBe(text);
      const now = await sumOfLive(text, front.run(`${MANAGER}; xml`));
      expect(now).not.toBe(sum);
      site.write({ manager: true, members, live: "discard", reviewed: { description, live: now } });
      const { status, output: said } = await site.apply();
      expect(status, said).toBe(0);
    });

    test("with BalancerPersist the values of the file count, and the live ones where they are carried", async () => {
      site.write({ manager: true, balancerpersist: true, members: { 8381: 4, 8382: 2 }, live: "carry" });
      expect(await site.apply()).toMatchObject({ status: 0 });
      site.write({ manager: true, balancerpersist: true, members: { 8381: 4, 8382: 5 }, live: "carry" });
      const first = await site.apply();
      expect(first.status, first.output).toBe(0);
      expect(live()[0]).toBe("5.00");
      change("w_status_N=1");
      site.write({ manager: true, balancerpersist: true, members: { 8381: 4, 8382: 6 }, live: "carry" });
      const second = await site.apply();
      expect(second.status, second.output).toBe(0);
      expect(live()).toEqual(["6.00", expect.stringContaining("Drn")]);
    });

    test("a manager that answers 403 to its own host is said, and the deploy goes on", async () => {
      site.write({ manager: Access.denied(), members: { 8381: 3, 8382: 6 }, live: "discard" });
      const { status, output } = await site.apply();
      expect(status, output).toBe(0);
      expect(output).toMatch(
        /its balancer-manager cannot be asked \(http:\S+ answers 403\): live changes will not be seen/,
      );
      expect(front.run(`${MANAGER}; curl -s -o /dev/null -w '%{http_code}' $M`)).toBe("403");
    });
  },
);
