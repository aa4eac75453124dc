import { afterAll, beforeAll, expect, test } from "vitest";
import { Access } from "../../../constructs/access.js";
import { describeReal } from "../../support/real.js";
import { oneFront } from "../../support/ssh-site.js";
import type { Lab, LabHost } from "../../support/ssh-lab.js";
import type { OneFront } from "../../support/ssh-site.js";

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
        /its balancer-manager cannot be asked \(http:\S+ does not answer\): live changes will not be seen/,
      );
      expect(front.run(`${MANAGER}; curl -s -o /dev/null -w '%{http_code}' $M`)).toBe("403");
    });
  },
);
