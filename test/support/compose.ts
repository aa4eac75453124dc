import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { kept } from "../../scripts/article/unpack.js";

/** The first Debian whose package is docker's compose of today; the one before has its forerunner, which is another program. */
const SUITE = "trixie";

/**
 * The folder with docker's compose, unpacked from Debian's package: it needs nothing but the C library. Undefined where it
 * cannot be had.
 */
export function unpackedCompose(): string | undefined {
  return kept(`docker-compose-${SUITE}`, (draft) => {
    const apt = aptOf(draft);
    execFileSync("apt-get", [...apt, "update", "-q"], { cwd: draft, stdio: "ignore", timeout: 120_000 });
    execFileSync("apt-get", [...apt, "download", "-q", "docker-compose"], {
      cwd: draft,
      stdio: "ignore",
      timeout: 120_000,
    });
    execFileSync("sh", ["-c", "dpkg -x docker-compose_*.deb root"], { cwd: draft });
    return join(draft, "root");
  });
}

/** Its program, as a plugin of docker's. */
export function composeProgram(unpacked: string): string {
  return join(unpacked, "usr/libexec/docker/cli-plugins/docker-compose");
}

/** Has apt read this machine's own sources of Debian, of another suite, and keep everything in a folder. */
function aptOf(folder: string): readonly string[] {
  const source = ["/etc/apt/sources.list.d/debian.sources", "/etc/apt/sources.list"].find((path) => existsSync(path));
  if (source === undefined) throw new Error("no sources of Debian");
  const own = execFileSync("sh", ["-c", ". /etc/os-release && printf %s $VERSION_CODENAME"], { encoding: "utf8" });
  for (const place of ["sources", "lists/partial", "archives/partial"])
    mkdirSync(join(folder, place), { recursive: true });
  const name = basename(source) === "sources.list" ? "debian.list" : basename(source);
  writeFileSync(join(folder, "sources", name), readFileSync(source, "utf8").replaceAll(own, SUITE));
  const places = {
    "Dir::Etc::SourceList": "/dev/null",
    "Dir::Etc::SourceParts": join(folder, "sources"),
    "Dir::State::Lists": join(folder, "lists"),
    "Dir::Cache": folder,
  };
  return Object.entries(places).flatMap(([key, value]) => ["-o", `${key}=${value}`]);
}
