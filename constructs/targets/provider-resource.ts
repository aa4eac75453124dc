import { TerraformProvider, TerraformResource, TerraformStack, Token } from "../cdktf.js";
import type { ITerraformDependable, TerraformResourceLifecycle } from "../cdktf.js";
import type { Construct, IConstruct } from "constructs";
import { attachment } from "../attached.js";
import { dependableOf } from "../dependable.js";
import { late } from "../late.js";
import { terraformLiteral } from "../text.js";

/** A provider of Terraform's registry, and the versions whose words are used. */
export interface ProviderUse {
  /** Its name in a stack, such as `docker`. */
  readonly name: string;
  readonly source: string;
  readonly version: string;
}

/** What a resource has besides its arguments. */
export interface ResourceSurroundings {
  readonly dependsOn?: readonly ITerraformDependable[];
  readonly lifecycle?: TerraformResourceLifecycle;
  /** One instance for each entry, whose values arguments name as `each.value`; asked for at every synthesis. @default - one */
  readonly each?: () => Readonly<Record<string, unknown>>;
}

/** Arguments of a resource in Terraform's own words; blocks are lists of mappings. */
export type Arguments = Readonly<Record<string, unknown>>;

/** The first resource of each provider of a stack: a look for the provider goes through the whole stack. */
const FIRST = attachment("provider", () => new Map<string, IConstruct>());

/**
 * A resource in Terraform's own words. No binding of its provider has to be installed, so that a target works with cdktf and
 * with its fork, adds nothing to what is imported, and costs nobody the hundreds of megabytes that a binding may have.
 */
export class ProviderResource extends TerraformResource {
  readonly #use: ProviderUse;
  readonly #arguments: () => Arguments;
  readonly #each: ResourceSurroundings["each"];

  /** @param words - asked for at every synthesis, for what may change until then */
  constructor(
    scope: Construct,
    id: string,
    { use, type }: { readonly use: ProviderUse; readonly type: string },
    words: () => Arguments,
    { dependsOn, lifecycle, each }: ResourceSurroundings = {},
  ) {
    super(scope, id, { terraformResourceType: type, ...(lifecycle !== undefined && { lifecycle }) });
    this.#use = use;
    this.#arguments = words;
    this.#each = each;
    const first = FIRST.of(TerraformStack.of(this));
    if (!first.has(use.name)) first.set(use.name, this);
    if (dependsOn !== undefined) this.dependsOn = dependsOn.map(({ fqn }) => fqn);
  }

  /** A value of it that is known at apply. */
  attribute(name: string): string {
    return late(() => `\${${this.dependable.fqn}.${name}}`).toString();
  }

  /** Its address, for what has to come after it. */
  get dependable(): ITerraformDependable {
    return dependableOf(this);
  }

  /** The first of a stack says where the provider comes from, unless the stack configures the provider itself. */
  override toTerraform(): unknown {
    const own = super.toTerraform() as object;
    const { name, source, version } = this.#use;
    if (FIRST.of(TerraformStack.of(this)).get(name) !== this || hasProvider(this, name)) return own;
    return { ...own, terraform: { required_providers: { [name]: { source, version } } } };
  }

  override get terraformMetaArguments(): Record<string, unknown> {
    const own = super.terraformMetaArguments as Record<string, unknown>;
    return this.#each === undefined ? own : { ...own, for_each: withLiterals(this.#each()) };
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return withLiterals(this.#arguments()) as Record<string, unknown>;
  }
}

/** True when the stack of a construct configures the provider. */
function hasProvider(scope: Construct, name: string): boolean {
  return TerraformStack.of(scope)
    .node.findAll()
    .some((each) => TerraformProvider.isTerraformProvider(each) && each.terraformResourceType === name);
}

/** Escapes what Terraform would take for a template; texts with values of cdktf are left as they are. */
function withLiterals(value: unknown): unknown {
  if (typeof value === "string") return Token.isUnresolved(value) ? value : terraformLiteral(value);
  if (Array.isArray(value)) return value.map(withLiterals);
  if (typeof value !== "object" || value === null || Token.isUnresolved(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withLiterals(each)]));
}
