import type { ConfigMap } from "kubernetes-types/core/v1";
import { byteLength } from "../../../httpd/byte-length.js";
import { sha256 } from "../../../topology/sha256.js";
import type { Problem } from "../../../vocabulary/problem.js";
import { shown } from "../../../vocabulary/shown.js";
import type { HostPlan } from "../../plan.js";
import type { Container } from "../container.js";
import { labelsOf } from "./labels.js";

/** Most bytes that Kubernetes keeps in one ConfigMap. */
const MOST_BYTES = 1_048_576;

/** A ConfigMap whose name is known. */
export type NamedConfigMap = ConfigMap & { readonly metadata: { readonly name: string } };

/** The files of a plan, under a name that bears the hash of them, so that a change is another ConfigMap. */
export function configMap(plan: HostPlan, { files }: Container): NamedConfigMap {
  const data = Object.fromEntries(files.map(({ name, text }) => [name, text]));
  const hash = sha256(new TextEncoder().encode(JSON.stringify(data))).slice(0, 10);
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: `${plan.name}-${hash}`, labels: labelsOf(plan) },
    immutable: true,
    data,
  };
}

/** What keeps the files of a plan from being a ConfigMap. */
export function checkConfigMap({ name, files }: HostPlan): readonly Problem[] {
  const bytes = files.reduce((sum, { text }) => sum + (typeof text === "string" ? byteLength(text) : 0), 0);
  if (bytes <= MOST_BYTES) return [];
  const subject = `configuration of server ${shown(name)}`;
  const allowed = `${MOST_BYTES} bytes, which a ConfigMap takes`;
  return [{ at: "", subject, found: `${bytes} bytes`, allowed, fix: "split the server" }];
}
