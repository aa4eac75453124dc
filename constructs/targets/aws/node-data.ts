import { checkInstallable, cloudInit } from "../../../core/host/forms/cloud-init.js";
import type { HostPlan } from "../../../core/host/plan.js";
import { Fn, TerraformLocal, Token } from "../../cdktf.js";
import { following } from "../../following.js";
import { StackText } from "../../stack-text.js";
import type { Machines } from "./machines.js";
import type { AwsNode } from "./options.js";

/** User data of a node in each of the ways that resources take it; undefined for a node without. */
export interface NodeData {
  /** As an instance takes it. */
  readonly plain: () => string | undefined;
  /** As a launch template takes it. */
  readonly base64: () => string | undefined;
  /** As a plan shows its changed lines. */
  readonly shown: () => string | undefined;
}

/** Stands for a plan that is not there, as what follows from something needs something. */
const NO_PLAN = {};

/** What was given for a node, or what brings up the node of the description. */
export function nodeData(
  { scope, options }: Machines,
  address: string,
  { userData: own }: AwsNode,
  plan: () => HostPlan | undefined,
): NodeData {
  if (own !== undefined && Token.isUnresolved(own)) {
    if (options.nodesAs !== "groups") return { plain: () => own, base64: () => undefined, shown: () => own };
    // A function of Terraform takes no text with quotes from cdktf, a local value does.
    const local = new TerraformLocal(scope, `node-${address}-data`, own);
    return { plain: () => own, base64: () => Fn.base64encode(local.asString), shown: () => own };
  }
  const text = following(
    (): object => plan() ?? NO_PLAN,
    (from) => own ?? (from === NO_PLAN ? undefined : describedData(from as HostPlan)),
  );
  const file = new StackText(scope, `node-${address}.yaml`, text);
  const given = (value: string): string | undefined => (text() === undefined ? undefined : value);
  return {
    plain: () => given(file.value),
    base64: () => given(file.base64),
    shown: () => given(file.shown),
  };
}

function describedData(plan: HostPlan): string | undefined {
  return checkInstallable(plan).length > 0 ? undefined : cloudInit(plan);
}
