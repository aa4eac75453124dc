import { TerraformResource, TerraformSelf } from "cdktf";
import type { IResolvable, ITerraformDependable, LocalExecProvisioner, TerraformResourceLifecycle } from "cdktf";
import type { Construct } from "constructs";

/** Properties of a {@link TerraformData}. */
export interface TerraformDataProps {
  /** Values whose change replaces the resource, which runs its provisioners again; shown in the plan. */
  readonly triggers: Readonly<Record<string, string | IResolvable>>;
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
  readonly #triggers: Readonly<Record<string, string | IResolvable>>;

  constructor(scope: Construct, id: string, props: TerraformDataProps) {
    super(scope, id, {
      terraformResourceType: "terraform_data",
      provisioners: [...props.provisioners],
      ...(props.dependsOn === undefined ? {} : { dependsOn: [...props.dependsOn] }),
      ...(props.lifecycle === undefined ? {} : { lifecycle: props.lifecycle }),
    });
    this.#triggers = props.triggers;
  }

  /** A trigger as provisioners read it, the one of the destroyed instance included. */
  static trigger(name: string): string {
    return TerraformSelf.getString(`triggers_replace.${name}`);
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { triggers_replace: this.#triggers };
  }
}
