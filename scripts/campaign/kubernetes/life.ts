import { loadAll } from "js-yaml";
import { renderKubernetes } from "../../../core/host/forms/kubernetes/manifests.js";
import type { Topology } from "../../../core/topology/topology.js";
import type { ApiServer, KubectlRun } from "./api-server.js";
import { literal, sentFile, sentList } from "./manifest.js";
import type { Manifest } from "./manifest.js";

/**
 * Applies the fronts of a description in a namespace of their own, applies them again, changes a weight and deletes them.
 *
 * @returns what went otherwise than it should; undefined where nothing did
 */
export function playLife(server: ApiServer, topology: Topology, namespace: string): string | undefined {
  const run: Run = (words, text) =>
    server.kubectl([...words, "--namespace", namespace, ...(text === undefined ? [] : ["-f", "-"])], text);
  const first = textOf(topology);
  const second = textOf(withOtherWeight(topology));
  const made = server.kubectl(["create", "namespace", namespace]);
  if (made.status !== 0) return `no namespace: ${made.stderr}`;
  return (
    told("a first apply", run(["apply"], first), () => "created") ??
    differs(run, first) ??
    again(run, first) ??
    told("a changed weight", run(["apply"], second), (kind) => AFTER_A_WEIGHT[kind] ?? "unchanged") ??
    notRolled(run, second) ??
    takesOtherData(run, second) ??
    told("a delete", run(["delete", "--ignore-not-found"], first + "---\n" + second), () => "deleted") ??
    left(run)
  );
}

type Run = (words: readonly string[], text?: string) => KubectlRun;

/** What of the fronts a weight changes, and how kubectl calls that. */
const AFTER_A_WEIGHT: Readonly<Record<string, string>> = { configmap: "created", "deployment.apps": "configured" };

/** All kinds that are made. */
const KINDS = "configmap,deployment,service,poddisruptionbudget,networkpolicy";

function textOf(topology: Topology): string {
  const rendered = renderKubernetes(topology);
  if (!rendered.ok) throw new Error(JSON.stringify(rendered.problems));
  return sentFile(rendered.files.map(({ text }) => literal(text)).join("---\n"));
}

function withOtherWeight(topology: Topology): Topology {
  const [cluster, ...clusters] = topology.clusters;
  const [member, ...members] = cluster?.members ?? [];
  if (cluster === undefined || member === undefined) throw new Error("a description without members");
  const loadfactor = member.parameters.loadfactor === 7 ? 8 : 7;
  const heavier = { ...member, parameters: { ...member.parameters, loadfactor } };
  return { ...topology, clusters: [{ ...cluster, members: [heavier, ...members] }, ...clusters] };
}

/** What kubectl tells of each object: `service/web unchanged`, `service "web" deleted`. */
function told(
  step: string,
  { status, stdout, stderr }: KubectlRun,
  verb: (kind: string) => string,
): string | undefined {
  const lines = stdout.trim().split("\n");
  const other = lines.filter((line) => {
    const [kind = "", ...rest] = line.split(/[/ ]/);
    return !rest.includes(verb(kind));
  });
  return status === 0 && stderr === "" && other.length === 0 ? undefined : `${step}: ${other.join("\n")}${stderr}`;
}

/** kubectl cannot write control characters of a configuration as YAML, which diff does, whoever said them. */
function differs(run: Run, text: string): string | undefined {
  const { status, stdout, stderr } = run(["diff"], text);
  return status === 0 || stderr === "error: yaml: control characters are not allowed\n"
    ? undefined
    : `a diff after an apply: ${stdout}${stderr}`;
}

/** Each object with what counts its changes. */
function versions(run: Run): string {
  const path = "jsonpath={range .items[*]}{.kind} {.metadata.name} {.metadata.resourceVersion}{'\\n'}{end}";
  return run(["get", KINDS, "-o", path]).stdout;
}

function again(run: Run, text: string): string | undefined {
  const before = versions(run);
  const fault = told("a second apply", run(["apply"], text), () => "unchanged");
  const after = versions(run);
  return fault ?? (before === after && before !== "" ? undefined : `a second apply: ${before} became ${after}`);
}

function notRolled(run: Run, text: string): string | undefined {
  const wanted = configs(text).map(({ metadata }) => metadata.name);
  const path =
    "jsonpath={range .items[*]}{.metadata.generation} {.spec.template.spec.volumes[0].configMap.name}{'\\n'}{end}";
  const lines = run(["get", "deployments", "-o", path]).stdout.trim().split("\n");
  const rolled = wanted.map((name) => `2 ${name}`);
  return rolled.every((line) => lines.includes(line)) ? undefined : `a changed weight: ${lines.join(", ")}`;
}

/** A ConfigMap whose name tells its content has no other content. */
function takesOtherData(run: Run, text: string): string | undefined {
  const edited = configs(text).map((each) => ({ ...each, data: { "httpd.conf": "Listen 80" } }));
  const { status, stderr } = run(["apply"], sentList(edited));
  return status !== 0 && stderr.includes("field is immutable") ? undefined : `an edited ConfigMap is taken: ${stderr}`;
}

function configs(text: string): readonly Manifest[] {
  return (loadAll(text) as Manifest[]).filter(({ kind }) => kind === "ConfigMap");
}

function left(run: Run): string | undefined {
  const { stdout } = run(["get", KINDS, "-o", "name"]);
  return stdout === "" ? undefined : `left after a delete: ${stdout}`;
}
