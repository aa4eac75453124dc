import { execFileSync, spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { once } from "node:events";
import { kept, unpackedPackages } from "../../article/unpack.js";
import { unexpected } from "./manifest.js";

/** Debian's source package of Kubernetes: its version, which the server does not tell when it is built here, and the SHA-256 of its archive. */
const SOURCE = { version: "1.20.2", sum: "b83c0780efb182d928dc63d46488a847f161f04e40a94b96bf5247dd671ecdfc" } as const;

/** Most milliseconds of a build, on a machine that is busy with others. */
const LONGEST_BUILD = 60 * 60_000;

/** Most milliseconds until the server is ready. */
const LONGEST_START = 180_000;

/** What a run of kubectl came to. */
export interface KubectlRun {
  readonly status: number;
  readonly stdout: string;
  /** Without the warning that is said of every case. */
  readonly stderr: string;
}

/** A Kubernetes API server with an etcd of its own, in a network of its own: it checks and keeps objects, and runs none. */
export interface ApiServer {
  readonly version: string;
  /** Runs the kubectl of the machine; `input` is what `-f -` reads. */
  kubectl(words: readonly string[], input?: string): KubectlRun;
  end(): void;
}

/**
 * Starts it, built from Debian's sources where that was not done before.
 *
 * @throws Error where the parts cannot be had, or where it is not ready in time
 */
export async function startApiServer(): Promise<ApiServer> {
  const program = builtApiServer();
  const etcd = unpackedPackages(["etcd-server"]);
  if (etcd === undefined) throw new Error("Debian's etcd-server cannot be downloaded");
  const folder = mkdtempSync(join(tmpdir(), "api-server-"));
  const started: ChildProcess[] = [];
  const end = (): void => {
    process.off("exit", end);
    for (const child of started.reverse()) child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  };
  process.on("exit", end);
  try {
    writeKeys(folder);
    const network = start("unshare", ["-n", "sh", "-c", `${NETWORK}; echo ready; exec sleep infinity`], "pipe");
    started.push(network);
    await once(network.stdout ?? network, "data", { signal: AbortSignal.timeout(10_000) });
    const inside = ["-t", String(network.pid), "-n"];
    for (const [name, path, words] of programs(folder, program, etcd)) {
      const log = openSync(join(folder, `${name}.log`), "w");
      started.push(start("nsenter", [...inside, path, ...words], log));
      closeSync(log);
    }
    const kubectl = kubectlIn(folder, inside);
    await ready(kubectl, started, folder);
    return { version: SOURCE.version, kubectl, end };
  } catch (error) {
    end();
    throw error;
  }
}

/** Path of the program; built once a version, an archive and a way of building. */
function builtApiServer(): string {
  const go = unpackedPackages(["golang-1.19-go", "golang-1.19-src"]);
  if (go === undefined) throw new Error("Debian's golang-1.19 cannot be downloaded");
  const { version, sum } = SOURCE;
  let failure: unknown;
  const folder = kept(`kube-apiserver-${version}-${sum.slice(0, 10)}`, (draft) => {
    console.log(`builds kube-apiserver ${version}: 8 minutes of a processor, once`);
    try {
      execFileSync("nice", ["-n", "10", "sh", join(__dirname, "build.sh")], {
        cwd: draft,
        env: { ...process.env, GO: go, SUM: sum },
        stdio: ["ignore", "ignore", "pipe"],
        timeout: LONGEST_BUILD,
        maxBuffer: 1e8,
      });
    } catch (error) {
      failure = error;
      throw error;
    }
    return join(draft, "built");
  });
  if (folder === undefined) throw new Error("kube-apiserver cannot be built", { cause: failure });
  return join(folder, "kube-apiserver");
}

/** The address that the server tells of itself may be no loopback address, and has to have a way. */
const NETWORK = "ip link set lo up && ip address add 10.88.0.1/32 dev lo && ip route add default dev lo";

const ETCD = "http://127.0.0.1:2379";

const SERVER = "https://127.0.0.1:6443";

const TOKEN = "campaign";

function writeKeys(folder: string): void {
  execFileSync("openssl", ["genrsa", "-out", join(folder, "accounts.key"), "2048"], { stdio: "ignore" });
  writeFileSync(join(folder, "tokens.csv"), `${TOKEN},campaign,1,"system:masters"\n`);
  const config = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "c", cluster: { server: SERVER, "insecure-skip-tls-verify": true } }],
    users: [{ name: "u", user: { token: TOKEN } }],
    contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
    "current-context": "x",
  };
  writeFileSync(join(folder, "config"), JSON.stringify(config));
}

type Program = readonly [name: string, path: string, words: readonly string[]];

/**
 * No controller runs, so that no account is made for pods and none is asked for. The level `restricted` of Pod Security is
 * checked by no server of this version.
 */
function programs(folder: string, apiServer: string, etcd: string): readonly Program[] {
  const key = join(folder, "accounts.key");

  return [
    [
      "etcd",
      join(etcd, "usr/bin/etcd"),
      [`--data-dir=${join(folder, "etcd")}`, `--listen-client-urls=${ETCD}`, `--advertise-client-urls=${ETCD}`],
    ],
    [
      "kube-apiserver",
      apiServer,
      [
        `--etcd-servers=${ETCD}`,
        ...["--bind-address=127.0.0.1", "--advertise-address=10.88.0.1", "--secure-port=6443"],
        `--cert-dir=${join(folder, "certs")}`,
        "--service-cluster-ip-range=10.96.0.0/16",
        ...[`--service-account-key-file=${key}`, `--service-account-signing-key-file=${key}`],
        "--service-account-issuer=https://k",
        `--token-auth-file=${join(folder, "tokens.csv")}`,
        ...["--authorization-mode=RBAC", "--disable-admission-plugins=ServiceAccount"],
        "--endpoint-reconciler-type=none",
      ],
    ],
  ];
}

/** What is started ends with this process, however that ends. */
function start(program: string, words: readonly string[], output: "pipe" | number): ChildProcess {
  return spawn("setpriv", ["--pdeathsig", "KILL", program, ...words], { stdio: ["ignore", output, output] });
}

function kubectlIn(folder: string, inside: readonly string[]): ApiServer["kubectl"] {
  const env = { PATH: process.env["PATH"], HOME: folder, KUBECONFIG: join(folder, "config") };
  return (words, input = "") => {
    const all = [...inside, "kubectl", ...words];
    const run = spawnSync("nsenter", all, { env, input, encoding: "utf8", timeout: 60_000, maxBuffer: 1e8 });
    if (run.error !== undefined) throw new Error(`kubectl ${words.join(" ")}`, { cause: run.error });
    return { status: run.status ?? 1, stdout: run.stdout, stderr: unexpected(run.stderr) };
  };
}

async function ready(kubectl: ApiServer["kubectl"], all: readonly ChildProcess[], folder: string): Promise<void> {
  const until = Date.now() + LONGEST_START;
  while (Date.now() < until && all.every(({ exitCode, signalCode }) => (exitCode ?? signalCode) === null)) {
    const isReady = kubectl(["get", "--raw", "/readyz", "--request-timeout=5s"]).stdout === "ok";
    if (isReady && kubectl(["get", "namespace", "default"]).status === 0) return;
    await pause(200);
  }
  const said = ["etcd", "kube-apiserver"].map((name) =>
    readFileSync(join(folder, `${name}.log`), "utf8").slice(-2_000),
  );
  throw new Error(`the API server is not ready:\n${said.join("\n")}`);
}
