import { Construct } from "constructs";
import { TerraformProvider, TerraformStack } from "../../cdktf.js";
import { attachment } from "../../attached.js";
import { watch } from "../../findings.js";
import { credentialSources } from "./credential-sources.js";
import { providerFindings } from "./provider-findings.js";
import type { ProviderBlock } from "./provider-findings.js";

/** Stacks whose provider is looked at: once for all of their servers. */
const WATCHED = attachment("aws-provider", () => new Set<"watched">());

/** Has the synthesis say what it can know of the provider: its version, and whether there are credentials for it. */
export function watchProvider(scope: Construct): void {
  const stack = TerraformStack.of(scope);
  const known = WATCHED.of(stack);
  if (known.has("watched")) return;
  known.add("watched");
  // A construct of its own, as a server's warnings belong to others.
  watch(new Construct(scope, "provider"), () => providerFindings(blockOf(stack), credentialSources(process.env)));
}

/** The block that resources without a word about their provider get: the one without an alias. */
function blockOf(stack: TerraformStack): ProviderBlock | undefined {
  const block = stack.node
    .findAll()
    .filter(
      (each): each is TerraformProvider =>
        TerraformProvider.isTerraformProvider(each) && each.terraformResourceType === "aws" && each.alias === undefined,
    )
    .map((each) => each.toTerraform() as Rendered)[0];
  if (block === undefined) return undefined;
  return { words: block.provider.aws[0] ?? {}, version: block.terraform.required_providers.aws?.version };
}

/** What cdktf writes for a provider. */
interface Rendered {
  readonly terraform: { readonly required_providers: { readonly aws?: { readonly version?: string } } };
  readonly provider: { readonly aws: readonly Readonly<Record<string, unknown>>[] };
}
