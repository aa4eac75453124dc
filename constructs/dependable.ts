import type { ITerraformDependable, TerraformResource } from "./cdktf.js";

/** The address of a resource, for what has to come after it: cdktf's own is a token, which each resource would resolve anew. */
export function dependableOf({ terraformResourceType, friendlyUniqueId }: TerraformResource): ITerraformDependable {
  return { fqn: `${terraformResourceType}.${friendlyUniqueId}` };
}
