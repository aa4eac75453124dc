import { execFile, execFileSync, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { LoadResult } from "./load.js";
import { component } from "./real.js";
import { terraformEnvironment } from "./terraform.js";
import type { TerraformRun } from "./terraform.js";

/** A machine with an address, a real sshd and a file system of its own above this machine's. */
export interface LabHost {
  readonly name: string;
  readonly address: string;
  /** Its public host key. */
  readonly hostKey: string;
  /** Runs words of a shell there as root; both outputs. Throws where they fail. */
  run(script: string): string;
  /** What a program in the network of the lab does to its cable: `ip link set CABLE down`. */
  cable(program: "ip" | "tc", ...words: readonly string[]): void;
  /** Ends all of it at once, as a power cut would; its files are gone. */
  kill(): void;
}

/** Whom clients ask, and how. */
export interface LabLoad {
  readonly connections?: "fresh" | "kept";
  readonly addresses?: readonly string[];
  /** Requests that each address gets in any case, on fresh connections. @default - none */
  readonly atLeast?: number;
}

/** A run that may be killed. */
export interface CuttableRun {
  kill(): void;
  readonly ended: Promise<void>;
}

/** A network of its own with hosts in it, and a place in it from which Terraform and clients reach them. */
export interface Lab {
  readonly folder: string;
  readonly hosts: readonly LabHost[];
  /** The private key that user `deploy` and root of each host accept. */
  readonly keyFile: string;
  /** Where the members are, as the hosts see them. */
  readonly members: string;
  /** Starts a member that answers its port, at {@link Lab.members}. */
  member(port: number): Promise<ChildProcess>;
  /** A program in the network of the lab. */
  inside(program: string, words: readonly string[], options?: { readonly cwd?: string }): ChildProcess;
  terraform(folder: string, ...words: readonly string[]): Promise<TerraformRun>;
  /** The same, to be killed on the way, with all that it started here. */
  cuttable(folder: string, ...words: readonly string[]): CuttableRun;
  /**
   * So many clients for each address, by default those of the hosts, with a connection a request or with one each that is
   * kept; ends with what came of them.
   */
  load(clients: number, options?: LabLoad): Promise<{ end(): Promise<readonly LoadResult[]> }>;
  /** Starts what balances the address {@link Lab.members} among the hosts; ends when the answer is called. */
  balancer(): Promise<() => void>;
  /** The body of one request from within the lab. */
  get(url: string): string;
  end(): void;
}

const MEMBER = `import { createServer } from "node:http";
createServer((_, answer) => answer.end(process.argv[2] + "\\n")).listen(Number(process.argv[2]), "10.77.0.254");
`;

/** A network with as many hosts as wanted; nothing of it is left when it ends. */
export async function sshLab(count: number): Promise<Lab> {
  const folder = mkdtempSync(join(tmpdir(), "ssh-lab-"));
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, "member.mjs"), MEMBER);
  const keyFile = keyPair(folder, "client");
  writeFileSync(join(folder, "authorized_keys"), readFileSync(`${keyFile}.pub`));
  const started: ChildProcess[] = [];
  const network = start("unshare", ["-n", "sh", "-c", `${BRIDGE}; echo ready; exec sleep infinity`]);
  started.push(network);
  await said(network, "ready");
  const inside: Lab["inside"] = (program, words, options = {}) =>
    start("nsenter", ["-t", String(network.pid), "-n", program, ...words], options.cwd);
  const hosts: LabHost[] = [];
  for (let number = 1; number <= count; number++) {
    const { host, process } = await startHost(folder, number, network);
    hosts.push(host);
    started.push(process);
  }
  return {
    folder,
    hosts,
    keyFile,
    members: "10.77.0.254",
    async member(port) {
      const child = inside(process.execPath, [join(folder, "member.mjs"), String(port)]);
      started.push(child);
      execFileSync("nsenter", ["-t", String(network.pid), "-n", "sh", "-c", listening(port)]);
      return Promise.resolve(child);
    },
    inside,
    terraform: (stack, ...words) =>
      new Promise((done) => {
        const all = ["-t", String(network.pid), "-n", component("terraform"), ...words];
        execFile("nsenter", all, { cwd: stack, env: terraformEnvironment(stack) }, (error, stdout, stderr) => {
          done({ status: error === null ? 0 : Number(error.code), output: `${stdout}${stderr}` });
        });
      }),
    cuttable(stack, ...words) {
      const all = ["-t", String(network.pid), "-n", component("terraform"), ...words];
      const child = spawn("nsenter", all, {
        cwd: stack,
        env: terraformEnvironment(stack),
        stdio: "ignore",
        detached: true,
      });
      return {
        kill: () => {
          if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
        },
        ended: new Promise((done) => {
          child.once("exit", () => {
            done();
          });
        }),
      };
    },
    load: (clients, { connections = "fresh", addresses = hosts.map(({ address }) => address), atLeast = 0 } = {}) =>
      startLoadInside(network, [connections, String(clients), String(atLeast), ...addresses]),
    async balancer() {
      const child = inside(process.execPath, [
        "--import",
        "tsx",
        BALANCER,
        "10.77.0.254",
        ...hosts.map(({ address }) => address),
      ]);
      started.push(child);
      await said(child, "ready");
      return () => child.kill("SIGKILL");
    },
    get: (url) =>
      execFileSync("nsenter", ["-t", String(network.pid), "-n", "curl", "-s", "-m", "5", url], { encoding: "utf8" }),
    end() {
      for (const child of started) child.kill("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const LOADER = resolve(__dirname, "load-inside.ts");
const BALANCER = resolve(__dirname, "address-balancer.ts");
const TSX = resolve(__dirname, "../../node_modules/.bin/tsx");

/** Node's own loop in another process: this one may be busy for a while. */
async function startLoadInside(network: ChildProcess, load: readonly string[]) {
  const words = ["-t", String(network.pid), "-n", TSX, LOADER, ...load];
  const child = spawn("nsenter", words, { stdio: ["pipe", "pipe", "inherit"] });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (piece: string) => {
    text += piece;
  });
  await said(child, "ready");
  return {
    end: () =>
      new Promise<readonly LoadResult[]>((done) => {
        child.once("close", () => {
          done(JSON.parse(text.slice(text.indexOf("["))) as readonly LoadResult[]);
        });
        child.stdin.end();
      }),
  };
}

const BRIDGE =
  "ip link set lo up && ip link add br0 type bridge && ip addr add 10.77.0.254/24 dev br0 && ip link set br0 up";

function listening(port: number): string {
  return `until curl -s -o /dev/null 10.77.0.254:${port}/; do sleep 0.05; done`;
}

/** Everything that a host writes is above this machine's files and goes away with it. */
function hostScript(folder: string, number: number): string {
  return `set -eu
mount -t proc proc /proc
mount -t tmpfs tmpfs /run
for place in etc var/lib usr/local/sbin; do
  above=/run/above/$place; mkdir -p $above/up $above/work
  mount -t overlay overlay -o lowerdir=/$place,upperdir=$above/up,workdir=$above/work /$place
done
mount -t tmpfs tmpfs /var/log
mkdir -p /etc/apache2 /run/sshd /run/home
mount -t tmpfs -o size=1m tmpfs /etc/apache2
hostname front${number}
echo "127.0.0.1 localhost front${number}" >/etc/hosts
echo 'deploy:x:4242:4242::/run/home:/bin/sh' >>/etc/passwd
echo 'deploy:*:19000:0:99999:7:::' >>/etc/shadow
mkdir -p /etc/sudoers.d
ip link set lo up
until ip link show eth0 >/dev/null 2>&1; do sleep 0.05; done
ip addr add 10.77.0.${number}/24 dev eth0
ip link set eth0 up
cat >/run/sshd_config <<END
Port 22
HostKey ${folder}/host${number}
AuthorizedKeysFile ${folder}/authorized_keys
StrictModes no
UsePAM no
PidFile none
PermitRootLogin prohibit-password
PasswordAuthentication no
MaxStartups 100
END
echo ready
exec ${component("sshd")} -D -e -f /run/sshd_config
`;
}

async function startHost(folder: string, number: number, network: ChildProcess) {
  const hostKey = readFileSync(`${keyPair(folder, `host${number}`)}.pub`, "utf8").trim();
  const script = join(folder, `host${number}.sh`);
  writeFileSync(script, hostScript(folder, number));
  const process = start("unshare", ["-mnupf", "--kill-child", "sh", script]);
  const root = await firstChild(process);
  const veth = ["link", "add", `v${number}`, "type", "veth", "peer", "name", "eth0", "netns", root];
  const enter = ["-t", String(network.pid), "-n"];
  execFileSync("nsenter", [...enter, "ip", ...veth]);
  execFileSync("nsenter", [...enter, "ip", "link", "set", `v${number}`, "master", "br0", "up"]);
  await said(process, "ready");
  const host: LabHost = {
    name: `front${number}`,
    address: `10.77.0.${number}`,
    hostKey,
    run: (words) =>
      execFileSync("nsenter", ["-t", root, "-m", "-u", "-n", "-p", "sh", "-c", `exec 2>&1; ${words}`], {
        encoding: "utf8",
      }),
    cable: (program, ...words) => {
      execFileSync("nsenter", [...enter, program, ...words.map((word) => (word === "CABLE" ? `v${number}` : word))]);
    },
    kill: () => {
      process.kill("SIGKILL");
    },
  };
  return { host, process };
}

function keyPair(folder: string, name: string): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", file]);
  return file;
}

function start(program: string, words: readonly string[], cwd?: string): ChildProcess {
  return spawn(program, [...words], {
    stdio: ["ignore", "pipe", "ignore"],
    ...(cwd !== undefined && { cwd: resolve(cwd) }),
  });
}

/** The first process of the host, by its number out here. */
async function firstChild(parent: ChildProcess): Promise<string> {
  const list = `/proc/${String(parent.pid)}/task/${String(parent.pid)}/children`;
  for (;;) {
    const [first] = readFileSync(list, "utf8").trim().split(" ");
    if (first !== undefined && first !== "") return first;
    await new Promise((later) => setTimeout(later, 20));
  }
}

function said(child: ChildProcess, word: string): Promise<void> {
  return new Promise((done, failed) => {
    child.stdout?.on("data", (piece: Buffer) => {
      if (piece.toString().includes(word)) done();
    });
    child.once("exit", () => {
      failed(new Error(`ended before it said ${word}`));
    });
  });
}
