import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { component, describeReal } from "../../support/real.js";
import { oneFront, sshSite } from "../../support/ssh-site.js";
import type { Lab, LabHost } from "../../support/ssh-lab.js";
import type { OneFront } from "../../support/ssh-site.js";

vi.setConfig({ testTimeout: 900_000, hookTimeout: 300_000 });

/** Moments at which a deploy is cut. */
const CUTS = Number(process.env["CUTS"] ?? 20);

/** Chooses the moments; the campaign takes fresh ones. */
const CUT_SEED = Number(process.env["CUT_SEED"] ?? 0);

/** Milliseconds into a deploy, from a seed, over all of the time that one takes here. */
function moment(seed: number, span: number): number {
  return createHash("sha256").update(`cut ${CUT_SEED} ${seed}`).digest().readUInt16BE(0) % span;
}

const DAY = 86_400;

const later = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

describeReal(
  "an SSH deploy that is cut, or meets a sick host",
  ["terraform", "apache2", "sshd", "sudo", "unshare", "cc"],
  () => {
    let lab: Lab;
    let front: LabHost;
    let site: OneFront["site"];
    let span: number;

    beforeAll(async () => {
      ({ lab, front, site } = await oneFront());
      site.write();
      await site.init();
      site.prepare(front);
      expect(await site.apply()).toMatchObject({ status: 0 });
      const begun = performance.now();
      site.write({ members: { 8381: 2 } });
      expect(await site.apply()).toMatchObject({ status: 0 });
      span = Math.round(performance.now() - begun);
    });

    afterAll(() => {
      lab.end();
    });

    /** The file is whole, has its rights, and httpd takes it; nothing of the run is left beside it once it has ended. */
    const sound = (...texts: readonly string[]): void => {
      front.run(
        'for who in pid keeper; do for left in $(seq 150); do [ -e "/proc/$(cat /etc/apache2/apache2.conf.lock/$who 2>/dev/null || echo none)" ] || continue 2; sleep 0.2; done; exit 1; done',
      );
      expect(texts).toContain(front.run("cat /etc/apache2/apache2.conf"));
      expect(front.run("stat -c '%a %U %G' /etc/apache2/apache2.conf")).toBe("644 root root\n");
      front.run("apache2 -t");
      expect(lab.get("http://10.77.0.1/")).toMatch(/^838[12]\n$/);
    };

    /** Files that the command was given and did not take away. */
    const received = (): string => front.run("cd /var/lib/httpd-balancer/*/ && ls -A | grep '^given' || true");

    test.each(Array.from({ length: CUTS }, (_, seed) => seed))(
      "killed at moment %i it leaves a front that serves, and the next apply converges",
      async (seed) => {
        const before = front.run("cat /etc/apache2/apache2.conf");
        site.write({ members: { 8381: 3 + seed, 8382: 1 } });
        const load = await lab.load(2);
        const running = site.applying();
        await later(moment(seed, span));
        if (seed % 2 === 0) running.kill();
        else front.run("pgrep -o -f '^/bin/sh /usr/local/sbin/[h]ttpd-front' | xargs -r kill -9");
        await running.ended;
        sound(before, site.synthesized());
        const { status, output } = await site.apply();
        expect(status, output).toBe(0);
        sound(site.synthesized());
        expect(front.run("ls -A /etc/apache2 | grep -v '^apache2.conf[.0-9]*$' || true")).toBe("");
        expect(received()).toBe("");
        expect((await load.end()).map(({ lost }) => lost)).toEqual([[]]);
      },
    );

    test("after the last of them there is nothing left to do", async () => {
      expect(await site.plan()).toMatchObject({ status: 0 });
    });

    test("a full disk is said, and changes nothing", async () => {
      const before = front.run("cat /etc/apache2/apache2.conf");
      front.run("dd if=/dev/zero of=/etc/apache2/ballast bs=1k count=2000 2>/dev/null || true");
      site.write({ members: { 8381: 9, 8382: 9 } });
      const { status, output } = await site.apply();
      front.run("rm /etc/apache2/ballast");
      expect(status).toBe(1);
      expect(output).toMatch(/web: no room for .*\nwhat to do: make room on its disk/);
      sound(before);
      expect(await site.apply()).toMatchObject({ status: 0 });
      sound(site.synthesized());
    });

    test("two deploys at once take turns, and both are whole", async () => {
      const other = sshSite(lab, "other");
      other.write({ members: { 8381: 6, 8382: 7 } });
      await other.init();
      site.write({ members: { 8381: 7, 8382: 6 } });
      const [one, two] = await Promise.all([site.apply(), other.apply()]);
      expect([one.status, two.status], one.output + two.output).toEqual([0, 0]);
      sound(site.synthesized(), other.synthesized());
      site.write({ members: { 8381: 7, 8382: 8 } });
      expect(await site.apply()).toMatchObject({ status: 0 });
    });

    test("one that is killed while it waits for its turn leaves what it was given until the next one, and no longer", async () => {
      const before = front.run("cat /etc/apache2/apache2.conf");
      front.run(
        "mkdir /etc/apache2/apache2.conf.lock; echo $$ >/etc/apache2/apache2.conf.lock/pid; sleep 600 >/dev/null 2>&1 & echo $! >/etc/apache2/apache2.conf.lock/pid",
      );
      site.write({ members: { 8381: 5, 8382: 8 } });
      const running = site.applying();
      await vi.waitFor(() => {
        expect(received()).toMatch(/^given/);
      }, 20_000);
      front.run("pgrep -o -f '^/bin/sh /usr/local/sbin/[h]ttpd-front' | xargs -r kill -9");
      await running.ended;
      expect(received()).toMatch(/^given/);
      front.run("kill $(cat /etc/apache2/apache2.conf.lock/pid); rm -r /etc/apache2/apache2.conf.lock");
      sound(before);
      expect(await site.apply()).toMatchObject({ status: 0 });
      expect(received()).toBe("");
      sound(site.synthesized());
    });

    test("a host that vanishes in mid-upload is said; it serves on, and the next apply converges", async () => {
      const before = front.run("cat /etc/apache2/apache2.conf");
      const long = Array.from({ length: 600 }, (_, number) => `Define LINE${number} ${"x".repeat(90)}`);
      site.write({ members: { 8381: 6, 8382: 8 }, extra: long, limits: { connect: 5, probe: 3, run: 10 } });
      const arrived = (): number => Number(front.run("cat /var/lib/httpd-balancer/*/given.* 2>/dev/null | wc -c"));
      front.cable("tc", ..."qdisc add dev CABLE root tbf rate 100kbit burst 8kb latency 2s".split(" "));
      try {
        const applying = site.apply();
        await vi.waitFor(() => {
          expect(arrived()).toBeGreaterThan(1_000);
        }, 60_000);
        front.cable("ip", "link", "set", "CABLE", "down");
        expect(arrived()).toBeLessThan(site.synthesized().length);
        const { status, output } = await applying;
        expect(status).toBe(1);
        expect(output).toMatch(/front1, bring: (not done within 10 s|the connection was lost)$/m);
        expect(output).toMatch(/what to do: (look at the host|deploy again: it goes on from where it is)$/m);
      } finally {
        front.cable("tc", ..."qdisc del dev CABLE root".split(" "));
        front.cable("ip", "link", "set", "CABLE", "up");
      }
      // What waited for the cable goes first.
      await vi.waitFor(() => lab.get("http://10.77.0.1/"), 60_000);
      sound(before);
      site.write({ members: { 8381: 6, 8382: 8 }, extra: long });
      const again = await site.apply();
      expect(again.status, again.output).toBe(0);
      sound(site.synthesized());
    });

    test("a clock that jumps a day ahead and two days back during a deploy changes nothing of it", async () => {
      const library = join(lab.folder, "clock.so");
      const source = resolve(__dirname, "../../fixtures/clock.c");
      execFileSync(component("cc"), ["-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"]);
      front.run(`echo ${library} >/etc/ld.so.preload; echo 0 >/run/clock`);
      try {
        front.run(
          "process=$(cat /run/apache2/apache2.pid); apache2 -k stop; while [ -e /proc/$process ]; do sleep 0.1; done; apache2 -k start",
        );
        const load = await lab.load(2);
        for (const [first, ...jumps] of [
          [DAY, -DAY, 0],
          [-DAY, DAY, 0],
        ] as const) {
          site.write({ members: { 8381: 8, 8382: 8 + Math.sign(first) } });
          front.run(`echo ${first} >/run/clock`);
          const day = front.run("date +%j");
          const applying = site.apply();
          for (const jump of jumps) {
            await later(span / 4);
            front.run(`echo ${jump} >/run/clock`);
          }
          const { status, output } = await applying;
          expect(status, output).toBe(0);
          expect(day).not.toBe(front.run("date +%j"));
          sound(site.synthesized());
        }
        // Whose request httpd is just reading when the clock jumps gets 408, deploy or not.
        const lost = (await load.end()).flatMap((one) => one.lost);
        expect(lost.filter(({ why }) => why !== "status 408")).toEqual([]);
      } finally {
        front.run("rm /etc/ld.so.preload");
      }
    });

    test("a reload that hangs is ended, and the file before is back", async () => {
      const before = front.run("cat /etc/apache2/apache2.conf");
      front.run(
        "printf '#!/bin/sh\\ncase $* in *graceful*) exec sleep 600;; esac; exec /usr/sbin/apache2 \"$@\"\\n' >/usr/local/sbin/apache2; chmod 755 /usr/local/sbin/apache2",
      );
      site.write({ members: { 8381: 8, 8382: 1 }, limits: { connect: 3, probe: 3, load: 2 } });
      const { status, output } = await site.apply();
      front.run("rm /usr/local/sbin/apache2");
      expect(status).toBe(1);
      expect(output).toContain("httpd did not take the new file");
      sound(before);
      expect(await site.apply()).toMatchObject({ status: 0 });
      sound(site.synthesized());
    });

    test("a host that vanishes is one sentence with its name and what to do", async () => {
      site.write({ members: { 8381: 9, 8382: 1 }, limits: { connect: 2, probe: 3, run: 10 } });
      front.kill();
      const { status, output } = await site.apply();
      expect(status).toBe(1);
      expect(output).toContain("front1, connect: nothing answers at 10.77.0.1 port 22 within 2 s");
      expect(output).toContain("what to do: see that the host is up");
    });
  },
);
