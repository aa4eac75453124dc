import type { Construct } from "constructs";
import { TerraformDataSource } from "../../cdktf.js";
import { late } from "../../late.js";

/**
 * What AWS knows about a machine image. A launch template has to name the disk that it encrypts, and images call their first
 * one differently; an instance's words need no name.
 */
class AwsImage extends TerraformDataSource {
  readonly #image: string;

  constructor(scope: Construct, id: string, image: string) {
    super(scope, id, { terraformResourceType: "aws_ami" });
    this.#image = image;
  }

  get rootDevice(): string {
    return late(() => `\${data.${this.terraformResourceType}.${this.friendlyUniqueId}.root_device_name}`).toString();
  }

  // A withdrawn image still launches for whoever names it.
  protected override synthesizeAttributes(): Record<string, unknown> {
    return { include_deprecated: true, filter: [{ name: "image-id", values: [this.#image] }] };
  }
}

/** Asks for the first disk of an image, once for all machines that have it. */
export function rootDevices(scope: Construct): (image: string) => string {
  const known = new Map<string, string>();
  return (image) => {
    const own = known.get(image) ?? new AwsImage(scope, `image-${known.size + 1}`, image).rootDevice;
    known.set(image, own);
    return own;
  };
}
