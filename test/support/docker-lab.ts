import { execFileSync, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Debian's docker and what it calls; libraries of the firewall's program included. */
export const DOCKER_PACKAGES = [
  ...["docker.io", "containerd", "runc", "iptables", "libdevmapper1.02.1"],
  ...["libip4tc2", "libip6tc2", "libnetfilter-conntrack3", "libnfnetlink0", "libnftnl11", "libxtables12"],
];

/** A docker daemon of a test's own, in a network of its own: nothing of it is seen from outside. */
export interface DockerLab {
  readonly folder: string;
  /** What a docker command prints. Throws with what it said where it fails. */
  readonly docker: (...words: readonly string[]) => string;
  /** Makes an image of the files of a folder. */
  importImage(name: string, root: string, ...changes: readonly string[]): void;
  /** A program in the network of the daemon, where published ports are. */
  inside(program: string, words: readonly string[]): ChildProcess;
  /** What a program prints there. */
  readonly ask: (program: string, ...words: readonly string[]) => string;
  /** Ends all containers and the daemon. */
  end(): Promise<void>;
}

/**
 * Starts a daemon from unpacked packages.
 *
 * @param plugins - programs that docker knows as commands, by their names
 */
export async function dockerLab(unpacked: string, plugins: Readonly<Record<string, string>> = {}): Promise<DockerLab> {
  const folder = mkdtempSync(join(tmpdir(), "docker-lab-"));
  mkdirSync(join(folder, ".docker/cli-plugins"), { recursive: true });
  for (const [name, program] of Object.entries(plugins))
    symlinkSync(program, join(folder, `.docker/cli-plugins/docker-${name}`));
  const env = environment(unpacked, folder);
  const network = spawn("unshare", ["-n", "sh", "-c", "ip link set lo up; echo ready; exec sleep infinity"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  await once(network.stdout, "data");
  const enter = ["-t", String(network.pid), "-n"];
  const places = ["--data-root", "data", "--exec-root", "exec", "--pidfile", "docker.pid"].map((word) =>
    word.startsWith("--") ? word : join(folder, word),
  );
  const daemon = spawn("nsenter", [...enter, "dockerd", ...places, "-H", env.DOCKER_HOST], { env, stdio: "ignore" });
  const ended = once(daemon, "exit");
  const ask: DockerLab["ask"] = (program, ...words) =>
    execFileSync("nsenter", [...enter, program, ...words], { env, encoding: "utf8", maxBuffer: 1 << 26 });
  const docker: DockerLab["docker"] = (...words) => ask("docker", ...words).trim();
  const lab: DockerLab = {
    folder,
    docker,
    importImage(name, root, ...changes) {
      const options = changes.map((change) => `-c '${change}'`).join(" ");
      ask(
        "sh",
        "-c",
        `tar -C '${root}' --exclude=./dev/* --exclude=./usr/share/zoneinfo --exclude=./usr/share/i18n -c . | docker import ${options} - ${name}`,
      );
    },
    inside: (program, words) =>
      spawn("nsenter", [...enter, program, ...words], { env, stdio: ["pipe", "pipe", "inherit"] }),
    ask,
    async end() {
      try {
        const running = docker("ps", "-q").split("\n").filter(Boolean);
        if (running.length > 0) docker("kill", ...running);
      } finally {
        daemon.kill("SIGTERM");
        await ended;
        network.kill("SIGKILL");
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
  try {
    await becomes(
      30_000,
      "a daemon",
      () => daemon.exitCode === null && existsSync(join(folder, "docker.sock")) && answers(docker),
    );
    return lab;
  } catch (error) {
    await lab.end();
    throw error;
  }
}

/** Waits until a condition holds; throws when it does not in time. */
export async function becomes(limit: number, what: string, condition: () => boolean): Promise<void> {
  const end = performance.now() + limit;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`${what}: not within ${limit} ms`);
    await new Promise((later) => setTimeout(later, 100));
  }
}

function answers(docker: DockerLab["docker"]): boolean {
  try {
    return docker("version", "--format", "{{.Server.Version}}") !== "";
  } catch {
    return false;
  }
}

/** Unpacked packages have none of the links that an installation makes. */
function environment(unpacked: string, folder: string) {
  const links = join(folder, "bin");
  mkdirSync(links);
  for (const family of ["iptables", "ip6tables"]) {
    for (const end of ["", "-save", "-restore"])
      symlinkSync(join(unpacked, "usr/sbin/xtables-legacy-multi"), join(links, `${family}${end}`));
  }
  const within = (...places: readonly string[]): string => places.map((place) => join(unpacked, place)).join(":");
  return {
    HOME: folder,
    PATH: `${links}:${within("usr/sbin", "usr/bin", "sbin")}:${process.env["PATH"] ?? ""}`,
    LD_LIBRARY_PATH: within("usr/lib/x86_64-linux-gnu", "lib/x86_64-linux-gnu"),
    XTABLES_LIBDIR: within("usr/lib/x86_64-linux-gnu/xtables"),
    DOCKER_HOST: `unix://${join(folder, "docker.sock")}`,
  };
}

function once(source: NodeJS.EventEmitter | null, event: string): Promise<void> {
  return new Promise((done) => {
    source?.once(event, () => {
      done();
    });
  });
}
