import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { HttpdLayout } from "../../../constructs/httpd-layout.js";
import { LAYOUTS } from "../../../core/vocabulary/layouts.js";
import { describeReal } from "../../support/real.js";
import { oneFront } from "../../support/ssh-site.js";
import type { Lab, LabHost } from "../../support/ssh-lab.js";
import type { OneFront, Wanted } from "../../support/ssh-site.js";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const { configFile, pidFile } = LAYOUTS.rhel;

/** Modules that Debian's httpd has built in and Red Hat's loads. */
const BUILT_IN = LAYOUTS.debian.builtIn.join("|");

/**
 * Red Hat's layout around Debian's httpd, which is given a file without the lines that load what it has built in. The file
 * `older` makes it say that it is an older one. SELinux and firewalld are programs that keep what they are told.
 */
const RED_HAT = `set -e
mkdir -p /etc/httpd/conf /var/log/httpd /run/httpd /run/given
ln -s /usr/lib/apache2/modules /etc/httpd/modules
echo 'apache:x:48:48::/run/httpd:/sbin/nologin' >>/etc/passwd; echo 'apache:x:48:' >>/etc/group
program() { cat >/usr/local/sbin/$1; chmod 755 /usr/local/sbin/$1; }
program httpd <<'END'
#!/bin/bash
if [ "$1" = -v ] && [ -e /run/older ]; then echo "Server version: Apache/2.4.37 (Red Hat)"; exit; fi
words=()
for word; do
  if [ -f "$word" ]; then
    given=/run/given/$(echo "$word" | tr / _)
    sed -E 's/^(LoadModule (${BUILT_IN})_module)/# \\1/' "$word" >"$given"; word=$given
  fi
  words+=("$word")
done
exec /usr/sbin/apache2 "\${words[@]}"
END
printf '#!/bin/sh\\necho Enforcing\\n' | program getenforce
printf '#!/bin/sh\\ncat /run/seboolean 2>/dev/null || echo "$1 --> off"\\n' | program getsebool
printf '#!/bin/sh\\necho "$*" >>/run/told; echo "$2 --> on" >/run/seboolean\\n' | program setsebool
printf '#!/bin/sh\\ncase $* in *--query*) exec grep -qxF -e "$2" /run/open;; esac\\n' | program firewall-cmd
touch /run/open`;

describeReal("an SSH target of a host in Red Hat's layout", ["terraform", "apache2", "sshd", "sudo", "unshare"], () => {
  let lab: Lab;
  let front: LabHost;
  let site: OneFront["site"];

  beforeAll(async () => {
    ({ lab, front, site } = await oneFront());
    write();
    await site.init();
    site.prepare(front);
  });

  afterAll(() => {
    lab.end();
  });

  function write(wanted: Wanted = {}): void {
    site.write({ layout: HttpdLayout.rhel(), ...wanted });
  }

  test("is refused where no such httpd is, and nothing is made there", async () => {
    const { status, output } = await site.apply();
    expect(status).toBe(1);
    expect(output).toContain("web: httpd or curl is not there");
    expect(output).toContain("what to do: install both, or name httpd: HTTPD=/path/to/httpd");
    expect(output).toContain("which runs what: front1 what ran before");
    expect(front.run("ls -d /etc/httpd /run/httpd 2>/dev/null || true")).toBe("");
  });

  test("serves from Red Hat's places; SELinux is told what a front needs, and what firewalld keeps out is said", async () => {
    const script = join(lab.folder, "red-hat.sh");
    writeFileSync(script, RED_HAT);
    front.run(`sh ${script}`);
    const { status, output } = await site.apply();
    expect(status, output).toBe(0);
    expect(front.run(`cat ${configFile}`)).toBe(site.synthesized());
    expect(front.run(`stat -c '%a %U %G' ${configFile}`)).toBe("644 root root\n");
    expect(lab.get(`http://${front.address}/`)).toMatch(/^838[12]\n$/);
    expect(front.run("cat /run/told")).toBe("-P httpd_can_network_connect 1\n");
    expect(output).toContain("SELinux: httpd may connect to backends from now on");
    expect(output).toContain(
      "firewalld keeps clients from port 80; to let them in: firewall-cmd --permanent --add-port=80/tcp && firewall-cmd --reload",
    );
  });

  test("a change is a graceful reload, and what is open and allowed already is not said again", async () => {
    const pid = front.run(`cat ${pidFile}`);
    front.run("echo --query-service=http >/run/open");
    write({ members: { 8381: 1, 8382: 5 } });
    const { status, output } = await site.apply();
    expect(status, output).toBe(0);
    expect(output).not.toMatch(/SELinux|firewalld/);
    expect(front.run(`cat ${pidFile}; cat /run/told; ls /etc/httpd/conf`)).toBe(
      `${pid}-P httpd_can_network_connect 1\nhttpd.conf\nhttpd.conf.1\n`,
    );
    expect(front.run(`grep -c loadfactor=5 ${configFile}`)).toBe("1\n");
  });

  test("an httpd that is older than declared, and a right that was taken away, are each one sentence", async () => {
    const before = front.run(`cat ${configFile}`);
    front.run("touch /run/older");
    write({ members: { 8381: 2 } });
    const older = await site.apply();
    expect(older.status).toBe(1);
    expect(older.output).toContain("web: its httpd is 2.4.37, and the description was proved for 2.4.62");
    expect(older.output).toContain("what to do: write 2.4.37 as the httpd of the server");
    front.run("rm /run/older /etc/sudoers.d/httpd-front-web");
    const refused = await site.apply();
    expect(refused.status).toBe(1);
    expect(refused.output).toContain("front1, prepare: deploy may not call /usr/local/sbin/httpd-front-web");
    expect(front.run(`cat ${configFile}`)).toBe(before);
    expect(lab.get(`http://${front.address}/`)).toMatch(/^838[12]\n$/);
  });
});
