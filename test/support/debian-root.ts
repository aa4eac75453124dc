import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { kept, unpackedPackages } from "../../scripts/article/unpack.js";
import { LAYOUTS } from "../../core/vocabulary/layouts.js";

/** What a machine of a cloud has, the package of httpd that it would install, and python for the applications of tests. */
const PACKAGES = [
  "systemd-sysv",
  "dbus",
  "cloud-init",
  "python3-cffi-backend",
  "iproute2",
  "procps",
  "apache2",
  "curl",
];

/** Nothing of a package that only people read. */
const UNREAD = ["/usr/share/doc/*", "/usr/share/man/*", "/usr/share/locale/*", "/usr/share/info/*"];

/**
 * The files of a small Debian: those of a cloud's machine, and Debian's httpd in the places that image httpd:2.4 has it.
 * Made once from this machine's own package sources; undefined where they cannot be had.
 */
export function debianRoot(): string | undefined {
  const tool = unpackedPackages(["mmdebstrap"]);
  const sources = ["/etc/apt/sources.list.d/debian.sources", "/etc/apt/sources.list"].find((path) => existsSync(path));
  if (tool === undefined || sources === undefined) return undefined;
  return kept("debian-root-1", (draft) => {
    const root = join(draft, "root");
    const words = [
      join(tool, "usr/bin/mmdebstrap"),
      ...["--mode=root", "--variant=minbase", `--include=${PACKAGES.join(",")}`],
      ...['--aptopt=Acquire::Languages "none"', '--aptopt=APT::Install-Recommends "false"'],
      ...["--dpkgopt=force-unsafe-io", ...UNREAD.map((path) => `--dpkgopt=path-exclude=${path}`)],
      ...[suite(), root, sources],
    ];
    const env = { ...process.env, PATH: `${join(tool, "usr/bin")}:${process.env["PATH"] ?? ""}` };
    execFileSync("perl", words, { stdio: "ignore", timeout: 600_000, env });
    layOutImage(root);
    return root;
  });
}

function suite(): string {
  return execFileSync("sh", ["-c", ". /etc/os-release && printf %s $VERSION_CODENAME"], { encoding: "utf8" });
}

/** What the image has compiled in and Debian's httpd has not, and the other way round, is only told by LoadModule lines. */
function layOutImage(root: string): void {
  const { serverRoot, program } = LAYOUTS.docker;
  const home = join(root, serverRoot);
  mkdirSync(join(home, "conf"), { recursive: true });
  mkdirSync(join(home, "logs"));
  symlinkSync(LAYOUTS.debian.moduleFolder, join(home, "modules"));
  symlinkSync(`/usr/sbin/${LAYOUTS.debian.program}`, join(root, "usr/local/bin", program));
  const start = join(root, "usr/local/bin/httpd-foreground");
  const compiledIn = LAYOUTS.debian.builtIn.join("|");
  const conf = `sed -E '/^LoadModule (${compiledIn})_module /d' ${LAYOUTS.docker.configFile} >/tmp/httpd.conf`;
  writeFileSync(start, `#!/bin/sh\n${conf} && exec ${program} -DFOREGROUND -f /tmp/httpd.conf\n`);
  chmodSync(start, 0o755);
}
