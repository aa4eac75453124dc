import type { Construct } from "constructs";
import { frontCommand } from "../../../core/host/forms/front-command.js";
import { fileWord } from "../../../core/host/forms/shell-words.js";
import { pullOrder } from "../../../core/host/forms/pull.js";
import type { PulledFrom } from "../../../core/host/forms/pull.js";
import type { HostPlan } from "../../../core/host/plan.js";
import { StackText } from "../../stack-text.js";
import type { ProviderResource } from "../provider-resource.js";
import type { AwsTargetOptions } from "./options.js";
import { after } from "./resources.js";
import type { AwsResources } from "./resources.js";

/** What fronts fetch, and the right to fetch it. */
export interface Stored {
  /** Name of the instance profile. */
  readonly profile: string;
  /** What has to be there before a front starts. */
  readonly objects: readonly ProviderResource[];
}

/** What is stored, and for whom. */
export interface Storing {
  readonly aws: AwsResources;
  readonly scope: Construct;
  readonly server: string;
  readonly options: AwsTargetOptions;
  /** Asked for at synth; undefined while the description has problems. */
  readonly plan: () => HostPlan | undefined;
}

/**
 * The command of the front and its order as objects, so that a changed weight changes one object and no machine; and a profile
 * with which a front may read these two, its secrets, and nothing else.
 */
export function store({ aws, scope, server, options, plan }: Storing): Stored {
  const { bucket, edited = "refuse", live = "refuse" } = options;
  const place = bucket.made ? makeBucket(aws, bucket.name) : [];
  const object = (id: "command" | "order", text: (plan: HostPlan) => string): ProviderResource => {
    const file = new StackText(scope, id, () => {
      const now = plan();
      return now === undefined ? undefined : text(now);
    });
    return aws.tagged(
      id,
      "s3_object",
      () => ({
        bucket: bucket.name,
        key: objectKey(server, id),
        content: file.value,
        content_type: "text/plain; charset=utf-8",
        server_side_encryption: "AES256",
      }),
      { dependsOn: after(...place) },
    );
  };
  const objects = [object("command", frontCommand), object("order", (now) => pullOrder(now, { edited, live }))];
  return { profile: profile({ aws, server, options }, objects), objects };
}

/** How a front fetches: with Debian's or the image's own `aws`, with the rights of its machine. */
export function fetched(server: string, { bucket, network, secrets }: AwsTargetOptions): PulledFrom {
  const print = (id: string): string => `aws s3 cp --only-show-errors s3://${bucket.name}/${objectKey(server, id)} -`;
  return {
    packages: ["awscli"],
    before: [`export AWS_DEFAULT_REGION=\${AWS_DEFAULT_REGION:-${network.region}}`],
    command: print("command"),
    order: print("order"),
    ...(secrets !== undefined && { secrets: `${secretsCommand(secrets)} | ${ENVIRONMENT_LINES}` }),
  };
}

function objectKey(server: string, id: string): string {
  return `${fileWord(server)}/${id}`;
}

function secretsCommand(path: string): string {
  return `aws ssm get-parameters-by-path --path ${path} --with-decryption --query 'Parameters[].[Name,Value]' --output text`;
}

/** From a path and a value to a line that units and shells read alike. */
const ENVIRONMENT_LINES = String.raw`sed -e "s/'/'\\\\''/g" -e "s|^.*/\([^/\t]*\)\t\(.*\)\$|\1='\2'|" | sort`;

/** A bucket that keeps earlier objects, and that nobody reads from outside. */
function makeBucket(aws: AwsResources, name: string): readonly ProviderResource[] {
  const bucket = aws.tagged("bucket", "s3_bucket", () => ({ bucket: name, force_destroy: true }));
  const id = bucket.attribute("id");
  const closed = aws.make("bucket-closed", "s3_bucket_public_access_block", () => ({
    bucket: id,
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  }));
  const versions = aws.make("bucket-versions", "s3_bucket_versioning", () => ({
    bucket: id,
    versioning_configuration: [{ status: "Enabled" }],
  }));
  return [closed, versions];
}

function profile(
  { aws, server, options }: Pick<Storing, "aws" | "server" | "options">,
  objects: readonly ProviderResource[],
): string {
  const role = aws.tagged("role", "iam_role", () => ({
    name_prefix: prefix(server),
    assume_role_policy: policy([
      { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } },
    ]),
  }));
  aws.make("role-policy", "iam_role_policy", () => ({
    role: role.attribute("id"),
    policy: policy([
      { Effect: "Allow", Action: "s3:GetObject", Resource: objects.map((object) => object.attribute("arn")) },
      ...(options.secrets === undefined
        ? []
        : [
            {
              Effect: "Allow",
              Action: "ssm:GetParametersByPath",
              Resource: `arn:aws:ssm:${options.network.region}:*:parameter${options.secrets}`,
            },
          ]),
    ]),
  }));
  return aws
    .tagged("profile", "iam_instance_profile", () => ({ name_prefix: prefix(server), role: role.attribute("name") }))
    .attribute("name");
}

/** Names of roles may have 38 characters before what AWS adds. */
function prefix(server: string): string {
  return `${fileWord(server).slice(0, 37)}-`;
}

function policy(statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
