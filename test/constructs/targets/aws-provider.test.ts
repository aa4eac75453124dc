import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TerraformProvider } from "cdktf";
import type { TerraformStack } from "cdktf";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { BalancerCluster } from "../../../constructs/balancer-cluster.js";
import { HttpdServer } from "../../../constructs/httpd-server.js";
import { credentialSources } from "../../../constructs/targets/aws/credential-sources.js";
import type { CredentialSources } from "../../../constructs/targets/aws/credential-sources.js";
import { AwsBucket, AwsNetwork, AwsTarget } from "../../../constructs/targets/aws-target.js";
import { project } from "../../support/synthesis.js";

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A home with shared files as AWS's tools write them. */
function home(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "aws-home-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  mkdirSync(join(folder, ".aws"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, ".aws", name), text);
  return folder;
}

const NO_VENDOR = "/absent";

describe("sources of credentials are those that the provider reads", () => {
  const sources = (env: Readonly<Record<string, string>>, files: Readonly<Record<string, string>> = {}) =>
    credentialSources({ HOME: home(files), ...env }, NO_VENDOR);

  test.each<[string, Readonly<Record<string, string>>, boolean]>([
    ["nothing", {}, false],
    ["both keys", { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" }, true],
    ["half a pair", { AWS_ACCESS_KEY_ID: "a" }, false],
    ["an empty one", { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "b" }, false],
    ["a web identity", { AWS_WEB_IDENTITY_TOKEN_FILE: "/t", AWS_ROLE_ARN: "arn:aws:iam::1:role/r" }, true],
    ["a container's", { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/v2" }, true],
    ["a pod's", { AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://169.254.170.23/v1" }, true],
  ])("variables: %s", (_, env, given) => {
    expect(sources(env).given).toBe(given);
  });

  test("profiles: sections of both files, each in its own way", () => {
    const credentials = "[default]\naws_access_key_id = a\n# [none]\n  [ shop ]\n";
    const config = '[profile fleet]\nregion = x\n[profile "two words"]\n[sso-session acme]\n[lost]\n';
    const found = sources({}, { credentials, config });
    expect([...found.profiles].sort()).toEqual(["default", "fleet", "shop", "two words"]);
    expect(found.profile).toBeUndefined();
  });

  test("profiles: files that variables name, and the ones that they choose", () => {
    const file = join(home({ elsewhere: "[other]\n" }), ".aws/elsewhere");
    const found = sources({ AWS_SHARED_CREDENTIALS_FILE: file, AWS_PROFILE: "other", AWS_DEFAULT_PROFILE: "usual" });
    expect(found).toMatchObject<Partial<CredentialSources>>({ profile: "other", usual: "usual" });
    expect([...found.profiles]).toEqual(["other"]);
  });

  test("a machine of AWS may have a role, unless it is not to be asked", () => {
    const vendor = join(home({ vendor: "Amazon EC2\n" }), ".aws/vendor");
    expect(credentialSources({}, vendor).mayHaveRole).toBe(true);
    expect(credentialSources({ AWS_EC2_METADATA_DISABLED: "true" }, vendor).mayHaveRole).toBe(false);
    expect(credentialSources({}, NO_VENDOR).mayHaveRole).toBe(false);
  });
});

/** A binding's provider, by its words and the version it is bound to. */
class Aws extends TerraformProvider {
  readonly #words: Readonly<Record<string, unknown>>;
  readonly #alias: string | undefined;

  constructor(
    stack: TerraformStack,
    { version, alias, ...words }: Readonly<{ version?: string; alias?: string } & Record<string, unknown>>,
  ) {
    super(stack, `aws-${alias ?? "main"}`, {
      terraformResourceType: "aws",
      terraformGeneratorMetadata: { providerName: "aws", ...(version !== undefined && { providerVersion: version }) },
      terraformProviderSource: "aws",
    });
    this.#words = words;
    this.#alias = alias;
  }

  override get alias(): string | undefined {
    return this.#alias;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { ...this.#words };
  }
}

interface Told {
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly providers?: readonly ConstructorParameters<typeof Aws>[1][];
}

/** Two servers on one machine without credentials, but for what is told. */
function synthesized({ env = {}, files = {}, providers = [] }: Told) {
  const empty = {
    ...Object.fromEntries(Object.keys(process.env).flatMap((name) => (name.startsWith("AWS_") ? [[name, ""]] : []))),
    HOME: home(files),
    AWS_EC2_METADATA_DISABLED: "true",
  };
  for (const [name, value] of Object.entries({ ...empty, ...env })) vi.stubEnv(name, value);
  const made = project();
  const stack = made.stack("shop");
  for (const provider of providers) new Aws(stack, provider);
  for (const name of ["web", "api"]) {
    const cluster = new BalancerCluster(stack, `${name}-members`).addMember("m", { url: "http://10.0.1.11:8080" });
    const zones = { "eu-central-1a": { publicSubnet: "10.0.101.0/24", privateSubnet: "10.0.1.0/24" } };
    const target = AwsTarget.of({
      network: AwsNetwork.create({ cidr: "10.0.0.0/16", zones }),
      clients: ["0.0.0.0/0"],
      bucket: AwsBucket.create(`acme-${name}`),
      image: "ami-0123456789abcdef0",
    });
    new HttpdServer(stack, name).mount("/", cluster).deployTo(target);
  }
  const files_ = made.synth();
  const warnings = stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === "@cdktf/warn")
    .map(({ data }) => String(data))
    .filter((text) => text.includes("provider aws"));
  return { json: files_["stacks/shop/cdk.tf.json"], warnings };
}

const TRIED = { version: "5.100.0" };

describe("what a synthesis can know of the provider, it says", () => {
  test("no credentials: one warning for a stack, with where and what to do, and the same bytes as with them", () => {
    const without = synthesized({});
    expect(without.warnings).toEqual([
      "credentials of provider aws: found none in this stack, in variables AWS_…, or as profile 'default' of ~/.aws, allowed is any of these on the machine that plans and applies; set AWS_PROFILE there, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; a synthesis alone needs none",
    ]);
    const given = synthesized({ env: { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" } });
    expect(given.warnings).toEqual([]);
    expect(given.json).toBe(without.json);
  });

  test.each<[string, Told]>([
    ["a profile of the environment", { env: { AWS_PROFILE: "shop" }, files: { config: "[profile shop]\n" } }],
    ["the default profile", { files: { credentials: "[default]\n" } }],
    ["keys of the stack", { providers: [{ ...TRIED, access_key: "a", secret_key: "b" }] }],
    ["a profile of the stack", { files: { credentials: "[shop]\n" }, providers: [{ ...TRIED, profile: "shop" }] }],
    ["a profile told at apply", { providers: [{ ...TRIED, profile: "${var.profile}" }] }],
    ["files of the stack", { providers: [{ ...TRIED, profile: "x", shared_config_files: ["/etc/aws"] }] }],
  ])("%s is enough", (_, told) => {
    expect(synthesized(told).warnings).toEqual([]);
  });

  test("a profile that is named and nobody has described is an error", () => {
    const named = { env: { AWS_PROFILE: "shop" }, files: { credentials: "[default]\n[fleet]\n" } };
    expect(() => synthesized(named)).toThrow(
      /1?.*profile 'shop' of provider aws, named by AWS_PROFILE: found no such profile in .*, allowed is 'default', 'fleet'; describe it there: aws configure --profile shop/,
    );
    expect(() => synthesized({ env: { AWS_PROFILE: "shop" } })).toThrow(/named by AWS_PROFILE/);
    const block = { ...TRIED, profile: "shop" };
    expect(() => synthesized({ files: { credentials: "[fleet]\n" }, providers: [block] })).toThrow(
      /named by the stack's AwsProvider/,
    );
  });

  test("a profile of the stack is a warning on a machine that has none at all: it may synthesize for another", () => {
    const { warnings } = synthesized({ providers: [{ ...TRIED, profile: "shop" }] });
    expect(warnings).toEqual([expect.stringMatching(/^profile 'shop' of provider aws, named by the stack's/)]);
  });

  test("the block with an alias is not the one that resources of a target get", () => {
    const { warnings } = synthesized({ providers: [{ ...TRIED, alias: "other", access_key: "a" }] });
    expect(warnings).toEqual([expect.stringMatching(/^credentials of provider aws/)]);
  });

  test.each<[string | undefined, string]>([
    ["6.25.0", "found 6.25.0"],
    ["5.31.0", "found 5.31.0"],
    [undefined, "found none, so that Terraform takes the newest"],
  ])("a binding of version %s is not the one that was tried", (version, said) => {
    const block = { ...(version !== undefined && { version }), access_key: "a" };
    const { warnings } = synthesized({ providers: [block] });
    expect(warnings).toEqual([expect.stringContaining(`version of provider aws in this stack: ${said}`)]);
    expect(warnings[0]).toContain("install @cdktf/provider-aws 20.1.0");
  });
});
