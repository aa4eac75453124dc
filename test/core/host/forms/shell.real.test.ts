import { execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { renderShell } from "../../../../core/host/forms/render-shell.js";
import { readSpec } from "../../../../core/spec/read-spec.js";
import { describeReal } from "../../../support/real.js";

/**
 * A host of its own: a network with nothing in it but loopback, and empty folders in the place of the machine's own for
 * httpd, which go away with it. Runs the words of a shell script there; all that it started ends with it.
 */
function onHost(folder: string, script: string): string {
  const host = join(folder, "host.sh");
  writeFileSync(
    host,
    [
      "set -eu",
      "ip link set lo up",
      "mount -t proc proc /proc",
      "for place in etc var/lib; do above=/run/above/$place; mkdir -p $above/up $above/work",
      "mount -t overlay overlay -o lowerdir=/$place,upperdir=$above/up,workdir=$above/work /$place; done",
      "mount -t tmpfs tmpfs /var/log",
      "mkdir -p /etc/apache2",
      "mount -t tmpfs tmpfs /etc/apache2",
      `cd ${folder}`,
      "trap 'kill $(cat /run/apache2/apache2.pid 2>/dev/null) $(jobs -p) 2>/dev/null || true' EXIT",
      'member() { node member.mjs "$@" & while ! curl -sf -o /dev/null 127.0.0.1:$1/; do sleep 0.1; done; }',
      script,
    ].join("\n"),
  );
  // Systemd of the machine is none of this host's: the script has to start httpd itself.
  return execFileSync(
    "unshare",
    ["-mnpf", "--kill-child", "sh", "-c", `mount -t tmpfs tmpfs /run && sh ${host} 2>&1`],
    {
      encoding: "utf8",
      timeout: 100_000,
    },
  );
}

/** A member of the application: it answers its port. */
const MEMBER = `import { createServer } from "node:http";
createServer((_, answer) => answer.end(process.argv[2] + "\\n")).listen(Number(process.argv[2]), "127.0.0.1");
`;

/** What `ufw status verbose` prints. */
const UFW = `Status: active
Logging: on (low)
Default: deny (incoming), deny (outgoing), disabled (routed)
New profiles: skip

To                         Action      From
--                         ------      ----
8080/tcp                   ALLOW IN    Anywhere

127.0.0.1 8381/tcp         ALLOW OUT   Anywhere
`;

/** What `nft list ruleset` prints. */
const NFTABLES = `table inet filter {
\tchain in {
\t\ttype filter hook input priority filter; policy drop;
\t\ttcp dport { 22, 8080 } accept
\t}
\tchain out {
\t\ttype filter hook output priority filter; policy drop;
\t\tip daddr 127.0.0.1 tcp dport { 53, 8382 } accept
\t}
}
`;

function specOf(weight: number, extra = ""): string {
  return `clusters:
  shop:
    members:
      a: { url: http://127.0.0.1:8381, loadfactor: ${weight} }
      b: { url: http://127.0.0.1:8382 }
servers:
  web: { listen: [80], mounts: { /: shop }${extra} }
`;
}

function scriptOf(spec: string): string {
  const reading = readSpec(spec, "shop.yaml");
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const rendered = renderShell(reading.topology);
  if (!rendered.ok) throw new Error(JSON.stringify(rendered.problems));
  return rendered.files[0]!.text as string;
}

describeReal("the script of a front", ["apache2", "unshare"], () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "front-shell-"));
    chmodSync(folder, 0o755);
    writeFileSync(join(folder, "member.mjs"), MEMBER);
    writeFileSync(join(folder, "one.sh"), scriptOf(specOf(1)));
    writeFileSync(join(folder, "two.sh"), scriptOf(specOf(2)));
    writeFileSync(join(folder, "broken.sh"), scriptOf(specOf(3, ", extra: [Nonsense on]")));
    writeFileSync(join(folder, "gone.sh"), scriptOf(specOf(4).replaceAll("127.0.0.1:838", "127.0.0.1:939")));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("brings an empty host to serving, changes nothing the second time, and takes a change with a graceful reload", () => {
    const output = onHost(
      folder,
      `member 8381; member 8382
sh one.sh; curl -s 127.0.0.1/
sh one.sh
pid=$(cat /run/apache2/apache2.pid)
sh two.sh
[ "$pid" = "$(cat /run/apache2/apache2.pid)" ] && echo same process
grep -c loadfactor=2 /etc/apache2/apache2.conf
grep -c loadfactor=1 /etc/apache2/apache2.conf.1
stat -c '%a %U' /etc/apache2/apache2.conf
ls -A /etc/apache2`,
    );
    expect(output.split("\n").filter((line) => !line.startsWith("AH00558"))).toEqual([
      "web: serves: http://127.0.0.1:80/ answers 200",
      "8382",
      "web: nothing to do: /etc/apache2/apache2.conf is this file, and httpd runs",
      "web: serves: http://127.0.0.1:80/ answers 200",
      "same process",
      "1",
      "1",
      "644 root",
      "apache2.conf",
      "apache2.conf.1",
      "",
    ]);
  });

  it("keeps the file in place when httpd refuses the new one, and goes back when the new one does not serve", () => {
    const output = onHost(
      folder,
      `member 8381; member 8382
sh one.sh
sh broken.sh || echo refused $?
PROBE_LIMIT=2 sh gone.sh || echo back $?
curl -s 127.0.0.1/
cat /etc/apache2/apache2.conf > left.conf
ls -A /etc/apache2`,
    );
    expect(output).toContain("Invalid command 'Nonsense'");
    expect(output).toContain("httpd refuses the new file; the one in place was kept");
    expect(output).toMatch(
      /\/etc\/apache2\/apache2\.conf:\n?.*Invalid command|line \d+ of \/etc\/apache2\/apache2\.conf/,
    );
    expect(output).toContain("refused 1");
    expect(output).toContain("answered before and now 503; the file before is back and serves");
    expect(output).toMatch(/back 1\n838[12]\n/);
    expect(readFileSync(join(folder, "left.conf"), "utf8")).toContain("http://127.0.0.1:8381 loadfactor=1");
    expect(output.trimEnd().split("\n").slice(-2)).toEqual(["apache2.conf", "apache2.conf.1"]);
  });

  it("says when it serves nobody yet, does not run twice at a time, and takes over the lock of a run that was killed", () => {
    const output = onHost(
      folder,
      `PROBE_LIMIT=1 sh one.sh
mkdir /etc/apache2/apache2.conf.lock
echo $$ > /etc/apache2/apache2.conf.lock/pid
sh two.sh || echo busy $?
sh -c 'echo $$' > /etc/apache2/apache2.conf.lock/pid
PROBE_LIMIT=1 sh two.sh
ls -A /etc/apache2`,
    );
    expect(output).toContain("runs, and serves nobody yet: http://127.0.0.1:80/ answers 503; are the members up?");
    expect(output).toMatch(/process \d+ is at it already\nwhat to do: wait for it/);
    expect(output).toContain("busy 1");
    expect(output.trimEnd().split("\n").slice(-2)).toEqual(["apache2.conf", "apache2.conf.1"]);
  });

  it("says what a firewall keeps from it, in and out, with the command that lets it through; and no more than that", () => {
    const firewall = (program: string, told: string): void => {
      mkdirSync(join(folder, `${program}.d`));
      writeFileSync(join(folder, `${program}.d`, program), `#!/bin/sh\ncat <<'END'\n${told}END\n`, { mode: 0o755 });
    };
    firewall("ufw", UFW);
    firewall("nft", NFTABLES);
    const script = "sh one.sh 2>&1 | grep -E 'ufw|nftables' || echo none";
    const output = onHost(
      folder,
      `export PROBE_LIMIT=1
PATH=$PWD/ufw.d:$PATH; ${script}
PATH=$PWD/nft.d:$PATH; ${script}; PATH=\${PATH#*:}; PATH=\${PATH#*:}
sed -i 's/deny (/allow (/g' ufw.d/ufw; PATH=$PWD/ufw.d:$PATH; ${script}; PATH=\${PATH#*:}
PATH=$PWD/nft.d:$PATH; ${script}
sed -i 's/policy drop/policy accept/' nft.d/nft; ${script}`,
    );
    const ufw = [
      "web: no rule of ufw lets clients in at port 80; to let them in: ufw allow 80/tcp",
      "web: no rule of ufw lets httpd reach 127.0.0.1 port 8382; to let it: ufw allow out proto tcp to 127.0.0.1 port 8382",
    ];
    expect(output.trim().split("\n")).toEqual([
      ...[...ufw, ...ufw, "none"],
      "web: no rule of nftables names port 80, and input is dropped; to allow it: nft add rule inet filter in tcp dport 80 accept",
      "web: no rule of nftables names port 8381, and output is dropped; to allow it: nft add rule inet filter out ip daddr 127.0.0.1 tcp dport 8381 accept",
      "none",
    ]);
  });

  it("asks the installer of its layout where httpd is missing", () => {
    writeFileSync(join(folder, "dnf"), '#!/bin/sh\necho "dnf $*"\nexit 1\n', { mode: 0o755 });
    writeFileSync(join(folder, "red-hat.sh"), scriptOf(specOf(1, ", layout: rhel")));
    const output = onHost(folder, "PATH=$PWD:$PATH sh red-hat.sh || echo refused $?; ls -d /etc/httpd || true");
    expect(output).toContain("web: installing httpd curl\ndnf install -y -q httpd curl\n");
    expect(output).toContain("web: dnf could not install httpd curl\nwhat to do: see what it says above\nrefused 1\n");
    expect(output).toContain("cannot access '/etc/httpd'");
  });

  it("is one document, whatever stands in the file", () => {
    const script = scriptOf(specOf(1, `, extra: ["# END_OF_FILE", "END_OF_FILE"]`));
    expect(script).toContain("cat <<'END_OF_FILE_'");
    const check = spawn("sh", ["-n"]);
    check.stdin.end(script);
    return new Promise<void>((resolve) => {
      check.on("close", (code) => {
        expect(code).toBe(0);
        resolve();
      });
    });
  });
});
