import { TerraformResource } from "./cdktf.js";
import type { ITerraformDependable, LocalExecProvisioner, TerraformResourceLifecycle } from "./cdktf.js";
import type { Construct } from "constructs";
import { dependableOf } from "./dependable.js";

/** Properties of a {@link TerraformData}. */
export interface TerraformDataProps {
  /** Values whose change replaces the resource, which runs its provisioners again; shown in the plan. */
  readonly triggers: Readonly<Record<string, string | undefined>>;
  /**
   * Values whose change replaces nothing; provisioners that run on destroy read them with {@link TerraformData.input}.
   *
   * @default - none
   */
  readonly input?: Readonly<Record<string, string>> | string;
  /**
   * One instance for each entry, whose values it reads with {@link TerraformData.each}. Unlike a resource of its own, an
   * entry that is taken away is destroyed with what its provisioners do then.
   *
   * @default - the resource is one instance
   */
  readonly forEach?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly provisioners: readonly LocalExecProvisioner[];
  readonly dependsOn?: readonly ITerraformDependable[];
  readonly lifecycle?: TerraformResourceLifecycle;
}

/**
 * Terraform's built-in resource `terraform_data`: needs no provider and no registry.
 *
 * cdktf's own `DataResource` runs `terraform version` at every synthesis, once a resource, and fails where terraform is
 * not installed; this one does not.
 */
export class TerraformData extends TerraformResource {
  readonly #props: () => TerraformDataProps;
  #triggers: TerraformDataProps["triggers"] = {};
  #input: TerraformDataProps["input"];

  /**
   * @param props - or a function that is asked for them at every synthesis, for what may change until then: cheaper than
   * a late token for each value, which cdktf keeps for the life of the process
   */
  constructor(scope: Construct, id: string, props: TerraformDataProps | (() => TerraformDataProps)) {
    super(scope, id, { terraformResourceType: "terraform_data" });
    this.#props = typeof props === "function" ? props : () => props;
  }

  override toTerraform(): unknown {
    const { triggers, input, provisioners, dependsOn, lifecycle, forEach } = this.#props();
    this.#triggers = triggers;
    this.#input = input;
    // Terraform takes no empty list of blocks.
    if (provisioners.length > 0) this.provisioners = [...provisioners];
    if (dependsOn !== undefined) this.dependsOn = dependsOn.map(({ fqn }) => fqn);
    if (lifecycle !== undefined) this.lifecycle = lifecycle;
    if (forEach !== undefined) this.addOverride("for_each", forEach);
    return super.toTerraform();
  }

  /**
   * A trigger as provisioners read it, the one of the destroyed instance included. In Terraform's own words: cdktf would
   * resolve a token anew in every resource.
   */
  static trigger(name: string): string {
    return `\${self.triggers_replace.${name}}`;
  }

  /** A value of the entry that an instance is for; without a name all of them. */
  static each(name?: string): string {
    return name === undefined ? "${each.value}" : `\${each.value.${name}}`;
  }

  /** A value of the input as provisioners read it. */
  static input(name: string): string {
    return `\${self.input.${name}}`;
  }

  /** Its address, for what has to come after it. */
  get dependable(): ITerraformDependable {
    return dependableOf(this);
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { triggers_replace: this.#triggers, ...(this.#input !== undefined && { input: this.#input }) };
  }
}
