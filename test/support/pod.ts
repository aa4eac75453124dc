import { chmodSync, chownSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Container, PodSpec, Probe } from "kubernetes-types/core/v1";
import type { KubernetesObjects } from "../../core/host/forms/kubernetes/manifests.js";
import type { DockerLab } from "./docker-lab.js";

/** Where the daemon is told to put the container. */
export interface Placement {
  readonly name: string;
  readonly network: string;
}

/**
 * Runs the container of a Deployment's pod with a docker daemon, as a kubelet has it run: its own image, arguments, user,
 * files of the ConfigMap and empty folders. What would have to be heard and is not known here fails.
 */
export function runPod(lab: DockerLab, { deployment, config }: KubernetesObjects, { name, network }: Placement): void {
  const { spec } = deployment.spec?.template ?? {};
  const [container, ...more] = spec?.containers ?? [];
  if (spec === undefined || container === undefined || more.length > 0) throw new Error("no pod of one container");
  const words = [
    ...podWords(spec),
    ...containerWords(container),
    ...mountWords(join(lab.folder, name), spec, container, config.data ?? {}),
  ];
  lab.docker(
    "run",
    "-d",
    "--name",
    name,
    "--network",
    network,
    ...words,
    container.image ?? "",
    ...(container.args ?? []),
  );
}

/** Asks a container as its probe says; true for yes. */
export function probes(
  { docker, ask }: DockerLab,
  name: string,
  { exec, tcpSocket, timeoutSeconds = 1 }: Probe,
): boolean {
  try {
    if (exec?.command !== undefined) docker("exec", name, "timeout", String(timeoutSeconds), ...exec.command);
    if (tcpSocket !== undefined) {
      const address = docker("inspect", "-f", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", name);
      ask("timeout", String(timeoutSeconds), "bash", "-c", `exec 3<>/dev/tcp/${address}/${String(tcpSocket.port)}`);
    }
    return true;
  } catch {
    return false;
  }
}

/** Seconds until a probe, asked at its period, has said no often enough, or yes once. */
export async function becomesReady(lab: DockerLab, name: string, probe: Probe, ready: boolean): Promise<number> {
  const { periodSeconds = 10, failureThreshold = 3 } = probe;
  const wanted = ready ? 1 : failureThreshold;
  const most = 60;
  let told = 0;
  for (let second = 0; second <= most; second += periodSeconds) {
    told = probes(lab, name, probe) === ready ? told + 1 : 0;
    if (told === wanted) return second;
    await new Promise((later) => setTimeout(later, periodSeconds * 1000));
  }
  throw new Error(`${name} is not ${ready ? "ready" : "away"} within ${most} seconds`);
}

/** What is said of the whole pod. */
function podWords({ securityContext = {}, ...others }: PodSpec): readonly string[] {
  known(others, [
    ...["containers", "volumes"],
    "automountServiceAccountToken",
    "enableServiceLinks",
    "terminationGracePeriodSeconds",
    "topologySpreadConstraints",
  ]);
  const { runAsUser, runAsGroup, sysctls = [], runAsNonRoot, fsGroup, seccompProfile, ...more } = securityContext;
  known(more, []);
  if (runAsNonRoot !== true || runAsUser === 0) throw new Error("a pod of root");
  if (fsGroup !== runAsGroup || seccompProfile?.type !== "RuntimeDefault") throw new Error("means nothing here");
  return [
    ...["--user", `${String(runAsUser)}:${String(runAsGroup)}`],
    ...sysctls.flatMap(({ name, value }) => ["--sysctl", `${name}=${value}`]),
  ];
}

/** What is said of the container itself; docker's own profile of system calls is that of the runtime. */
function containerWords(container: Container): readonly string[] {
  const { name, image, args, ports, env = [], resources, securityContext = {}, volumeMounts, ...others } = container;
  known({ name, image, args, ports, volumeMounts }, ["name", "image", "args", "ports", "volumeMounts"]);
  known(others, ["readinessProbe", "livenessProbe", "lifecycle"]);
  const { allowPrivilegeEscalation, readOnlyRootFilesystem, capabilities, ...more } = securityContext;
  known(more, []);
  if (env.length > 0) throw new Error("variables of a Secret are not brought here");
  const { cpu, memory } = (resources?.limits ?? {}) as Readonly<Record<string, string>>;
  return [
    ...(allowPrivilegeEscalation === false ? ["--security-opt", "no-new-privileges"] : []),
    ...(readOnlyRootFilesystem === true ? ["--read-only"] : []),
    ...(capabilities?.drop ?? []).flatMap((each) => ["--cap-drop", each]),
    ...(cpu === undefined ? [] : ["--cpus", cpu]),
    ...(memory === undefined ? [] : ["--memory", memory.replace(/Mi$/, "m")]),
  ];
}

/** Files of the ConfigMap one by one and read-only, and folders that the pod's group writes to. */
function mountWords(
  folder: string,
  { volumes = [], securityContext }: PodSpec,
  { volumeMounts = [] }: Container,
  data: Readonly<Record<string, string>>,
): readonly string[] {
  mkdirSync(folder);
  return volumeMounts.flatMap(({ name, mountPath, subPath, readOnly, ...others }) => {
    known(others, []);
    const volume = volumes.find((each) => each.name === name);
    const source = join(folder, subPath ?? name);
    if (volume?.configMap !== undefined && subPath !== undefined && readOnly === true) {
      writeFileSync(source, data[subPath] ?? "");
      return ["--mount", `type=bind,readonly,source=${source},target=${mountPath}`];
    }
    if (volume?.emptyDir === undefined || subPath !== undefined) throw new Error(`volume ${name} means nothing here`);
    mkdirSync(source);
    chownSync(source, 0, securityContext?.fsGroup ?? 0);
    chmodSync(source, 0o2777);
    return ["--mount", `type=bind,source=${source},target=${mountPath}`];
  });
}

function known(said: object, words: readonly string[]): void {
  const unknown = Object.keys(said).filter((word) => !words.includes(word));
  if (unknown.length > 0) throw new Error(`${unknown.join(", ")} means nothing here`);
}
