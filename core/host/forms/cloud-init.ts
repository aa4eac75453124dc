import { gzipSync } from "fflate";
import { byteLength } from "../../httpd/byte-length.js";
import type { Rendered } from "../../render/render.js";
import { yamlOf } from "../../shape/written.js";
import type { JsonValue } from "../../vocabulary/json.js";
import type { Text, Topology } from "../../topology/topology.js";
import { LAYOUTS } from "../../vocabulary/layouts.js";
import type { Problem } from "../../vocabulary/problem.js";
import { shown } from "../../vocabulary/shown.js";
import type { FrontPlanning } from "../front-plan.js";
import type { HostFile, HostPlan, HostVariable, Service } from "../plan.js";
import { frontPlans } from "./front-plans.js";
import { filledPlan, keepingHoles } from "./holes.js";
import { perHost } from "./per-host.js";
import { plainText } from "./plain-text.js";
import { environmentFile, secretsDropIn } from "./service-files.js";
import { quoted } from "./shell-words.js";
import { WRITTEN_BY } from "./written-by.js";

/** Most user data that AWS takes, in bytes; others take more. */
export const MOST_USER_DATA = 16_384;

/** Seconds until a host has to serve. */
const PROBE_LIMIT = 60;

/** The user data of the fronts of a topology, in a folder of the server's name each where there are several. */
export function renderCloudInit(topology: Topology, planning: FrontPlanning = {}): Rendered {
  const planned = frontPlans(topology, { ...planning, secrets: "environment" }, checkCloudInit);
  if (!planned.ok) return planned;
  return { ok: true, files: perHost(planned.plans, "user-data.yaml", cloudInit) };
}

/**
 * The user data that makes a new machine carry out a plan: files first, so that the package starts the service with
 * them; then packages, httpd's own test, a start, and a look whether it serves. Files are packed where it would be
 * larger than what clouds take.
 *
 * @throws ProblemError for an address that is known only at apply
 */
export function cloudInit(plan: HostPlan): string {
  const text = userData(plan, plainContent);
  return byteLength(text) <= MOST_USER_DATA ? text : userData(plan, packedContent);
}

/**
 * The same user data, with a hole in the place of each address that is known only at apply; a plan with such addresses
 * must have passed {@link checkCloudInit}.
 */
export function cloudInitText(plan: HostPlan): Text {
  return keepingHoles(plan, cloudInit);
}

/** What keeps a plan from becoming user data. */
export function checkCloudInit(plan: HostPlan): readonly Problem[] {
  const layout = checkInstallable(plan);
  return layout.length > 0 ? layout : sizeProblems(plan);
}

/** A machine installs packages: no other layout can be brought to it. */
export function checkInstallable({ name, packages }: HostPlan): readonly Problem[] {
  if (packages.from === "packages") return [];
  const subject = `layout of server ${shown(name)}`;
  const found = packages.from === "image" ? "one of an image" : "one that is built by hand";
  const layouts = Object.entries(LAYOUTS).filter(([, layout]) => layout.packages.from === "packages");
  const names = layouts.map(([layout]) => layout).join(" or ");
  return [{ at: "/layout", subject, found, allowed: names, fix: `use the layout ${names}` }];
}

function sizeProblems(plan: HostPlan): readonly Problem[] {
  const late = plan.files.some(({ text }) => typeof text !== "string");
  const bytes = byteLength(late ? userData(filledPlan(plan).plan, plainContent) : cloudInit(plan));
  if (bytes <= MOST_USER_DATA) return [];
  const why = late ? ", and an address that is known only at apply cannot be packed" : ", packed";
  return [
    {
      at: "",
      subject: `user data of server ${shown(plan.name)}`,
      found: `${bytes} bytes${why}`,
      allowed: `${MOST_USER_DATA} bytes`,
      fix: "split the server, or bring its httpd.conf by another way, such as an object store",
    },
  ];
}

/** How the content of a file is written. */
type Content = (file: HostFile) => Readonly<Record<"encoding" | "content", string>>;

function plainContent(file: HostFile): ReturnType<Content> {
  return { encoding: "text/plain", content: plainText(file) };
}

/** Packed without a time, so that the same plan is the same text. */
function packedContent(file: HostFile): ReturnType<Content> {
  const packed = gzipSync(new TextEncoder().encode(plainText(file)), { level: 9, mtime: 0 });
  let binary = "";
  for (const byte of packed) binary += String.fromCharCode(byte);
  return { encoding: "gz+b64", content: btoa(binary) };
}

function userData(plan: HostPlan, content: Content): string {
  const { packages, files, service, variables = [] } = plan;
  const data: JsonValue = {
    package_update: true,
    packages: packages.from === "packages" ? [...packages.names] : [],
    write_files: [
      ...files.map((file) => ({
        path: file.path,
        owner: `${file.owner}:${file.group}`,
        permissions: file.mode,
        ...content(file),
      })),
      ...(variables.length === 0 ? [] : [environmentDropIn(service)]),
    ],
    runcmd: [["sh", "-c", startScript(plan)]],
  };
  const notes = variables.map(({ name, what }) => `# ${name}: ${what.replace(/\s+/g, " ")}\n`);
  const brought = `# ${environmentFile(service)} has to be brought by other means, with a line NAME=value for each of:\n`;
  return `#cloud-config\n${WRITTEN_BY}${notes.length === 0 ? "" : brought}${notes.join("")}${yamlOf(data)}`;
}

function environmentDropIn(service: Service): JsonValue {
  return {
    path: secretsDropIn(service),
    owner: "root:root",
    permissions: "0644",
    content: `[Service]\nEnvironmentFile=${environmentFile(service)}\n`,
  };
}

/** cloud-init goes on after a command that failed: one script ends at the first. */
function startScript(plan: HostPlan): string {
  const { service, health, variables = [] } = plan;
  const { program, configFile, folders, name } = service;
  const host = health.host === undefined ? "" : ` -H ${quoted(`Host: ${health.host}`)}`;
  const probe = `curl -s -o /dev/null -m 5 -w '%{http_code}'${host} ${quoted(`http://127.0.0.1:${health.port}${health.path}`)}`;
  return [
    "set -eu",
    'PATH="$PATH:/usr/sbin"',
    ...loadedVariables(service, variables),
    `mkdir -p ${folders.map(quoted).join(" ")}`,
    'if command -v getenforce >/dev/null && [ "$(getenforce)" = Enforcing ]; then setsebool -P httpd_can_network_connect 1; fi',
    `${program} -t -f ${quoted(configFile)}`,
    "systemctl daemon-reload",
    `systemctl enable -q ${quoted(name)}`,
    `systemctl restart ${quoted(name)}`,
    `left=${PROBE_LIMIT}`,
    `until status=$(${probe} || true); [ "$status" -gt 0 ] && [ "$status" -lt ${health.failsFrom} ]; do`,
    "  left=$((left - 1))",
    `  [ "$left" -gt 0 ] || { echo "runs, and serves nobody yet: it answers $status; are the members up?" >&2; exit 0; }`,
    "  sleep 1",
    "done",
    "",
  ].join("\n");
}

function loadedVariables(service: Service, variables: readonly HostVariable[]): readonly string[] {
  if (variables.length === 0) return [];
  const file = environmentFile(service);
  return [
    "set -a",
    `. ${quoted(file)}`,
    "set +a",
    ...variables.map(({ name }) => `: "\${${name}:?is not in ${file}}"`),
  ];
}
