import type { Construct } from "constructs";
import type { ITerraformDependable } from "../../cdktf.js";
import { late } from "../../late.js";
import { ProviderResource } from "../provider-resource.js";
import type { Arguments, ProviderUse, ResourceSurroundings } from "../provider-resource.js";

/** The version whose words are used, and with which they were applied; later ones of its major are taken as well. */
export const TRIED = { major: 5, minor: 100 } as const;

const AWS: ProviderUse = { name: "aws", source: "hashicorp/aws", version: `~> ${TRIED.major}.${TRIED.minor}` };

/** Makes resources of AWS in one scope, each with the tags that all of them have. */
export interface AwsResources {
  /** A resource; `type` without `aws_`. */
  readonly make: (id: string, type: string, words: () => Arguments, around?: ResourceSurroundings) => ProviderResource;
  /** The same with tags: `Name`, the server's and the id, and those of the target. */
  readonly tagged: AwsResources["make"];
}

/** The resources of one server. */
export function awsResources(scope: Construct, server: string, tags: Readonly<Record<string, string>>): AwsResources {
  const make: AwsResources["make"] = (id, type, words, around) =>
    new ProviderResource(scope, id, { use: AWS, type: `aws_${type}` }, words, around);
  return {
    make,
    tagged: (id, type, words, around) =>
      make(id, type, () => ({ ...words(), tags: { Name: `${server}-${id}`, ...tags } }), around),
  };
}

/** Terraform's own words for a value, such as `each.value.port`. */
export function expression(words: string): string {
  return late(() => `\${${words}}`).toString();
}

/** What has to be there before. */
export function after(...resources: readonly (ProviderResource | undefined)[]): readonly ITerraformDependable[] {
  return resources.flatMap((resource) => (resource === undefined ? [] : [resource.dependable]));
}
