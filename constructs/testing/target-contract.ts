import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkFronts } from "../../core/check/fronts.js";
import { checkMember } from "../../core/check/member.js";
import { canonicalJson } from "../../core/topology/canonical.js";
import type { Member } from "../../core/topology/topology.js";
import { problemText } from "../../core/vocabulary/problem.js";
import { App, TerraformStack } from "../cdktf.js";
import { BalancerCluster } from "../balancer-cluster.js";
import { HttpdServer } from "../httpd-server.js";
import type { DeployTarget } from "../target.js";

/** One law that a deployment target has to keep. */
export interface ContractLaw {
  /** The law in a sentence. */
  readonly law: string;
  /** What was seen where the target breaks it; undefined where it keeps it. */
  readonly broken: string | undefined;
}

/** A secret that must stand nowhere but in the file that is deployed. */
const PLANTED = "planted-secret-of-the-contract";

/** Text that Terraform's templates and a shell would take apart. */
const ODD = 'LogFormat "%{Referer}i ${APACHE_X} $(id)" odd';

/**
 * Judges a deployment target, also one of your own, by synthesizing servers for it: that it may be asked twice in one stack,
 * gives the same bytes each time, keeps secrets out of `cdk.tf.json`, and hands httpd's own `%{…}` and `${…}` through.
 * Nothing is applied.
 *
 * @param target - makes the target that is judged, a new one for each name, which becomes a part of where it deploys to
 */
export function targetContract(target: (name: string) => DeployTarget): readonly ContractLaw[] {
  return LAWS.map(({ law, judge }) => ({ law, broken: guarded(() => judge(target)) }));
}

type Judge = (target: (name: string) => DeployTarget) => string | undefined;

const LAWS: readonly { readonly law: string; readonly judge: Judge }[] = [
  { law: "a server is deployed to it without an error", judge: (target) => void synthesized(target, ["web"]) },
  { law: "two servers of one stack are deployed to it", judge: (target) => void synthesized(target, ["web", "other"]) },
  { law: "it adds at least one resource or output", judge: addsSomething },
  { law: "the same description gives the same bytes", judge: sameBytes },
  { law: "a server that grows after deployTo is deployed whole", judge: growsLate },
  { law: "a secret stands in no cdk.tf.json", judge: keepsSecrets },
  { law: "no absolute path of this machine stands in cdk.tf.json", judge: staysRelative },
  { law: "what Terraform would take for a template is escaped", judge: escapes },
  { law: "what it tells of fronts and members can be counted with, and is the same each time", judge: tellsPlaces },
];

/** Files of a stack with servers of these names. */
function synthesized(target: (name: string) => DeployTarget, names: readonly string[], late = false) {
  const outdir = mkdtempSync(join(tmpdir(), "target-contract-"));
  try {
    const app = new App({ outdir, stackTraces: false });
    const stack = new TerraformStack(app, "contract");
    for (const name of names) addServer(stack, name, target(name), late);
    app.synth();
    const folder = join(outdir, "stacks", "contract");
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
    const files = new Map(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]));
    return { outdir, files, terraform: files.get("cdk.tf.json") ?? "" };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function addServer(stack: TerraformStack, name: string, target: DeployTarget, late: boolean): void {
  const cluster = new BalancerCluster(stack, `${name}-cluster`);
  cluster.addMember("node1", { url: "ajp://node1.example:8009", secret: PLANTED });
  const server = new HttpdServer(stack, name, { extra: [ODD] });
  server.mount("/", cluster).deployTo(target);
  if (late) cluster.addMember("late", { url: "ajp://late.example:8009" });
}

function addsSomething(target: (name: string) => DeployTarget): string | undefined {
  const { resource, output } = JSON.parse(synthesized(target, ["web"]).terraform) as Readonly<Record<string, unknown>>;
  return resource === undefined && output === undefined ? "cdk.tf.json has neither" : undefined;
}

function sameBytes(target: (name: string) => DeployTarget): string | undefined {
  const [one, other] = [synthesized(target, ["web"]), synthesized(target, ["web"])];
  const differing = [...one.files].filter(([path, text]) => path !== "cdk.tf.json" && other.files.get(path) !== text);
  if (withoutState(one) !== withoutState(other)) return "cdk.tf.json is another one";
  return differing.length === 0 ? undefined : `another one: ${differing.map(([path]) => path).join(", ")}`;
}

/** cdktf's own backend names the folder it was made in. */
function withoutState({ terraform }: { readonly terraform: string }): string {
  const { terraform: own, ...rest } = JSON.parse(terraform) as Readonly<Record<string, unknown>>;
  return own === undefined ? "" : JSON.stringify(rest);
}

function growsLate(target: (name: string) => DeployTarget): string | undefined {
  const { files } = synthesized(target, ["web"], true);
  return [...files.values()].some((text) => text.includes("late.example"))
    ? undefined
    : "the late member is in no file";
}

function keepsSecrets(target: (name: string) => DeployTarget): string | undefined {
  return synthesized(target, ["web"]).terraform.includes(PLANTED) ? "the secret of a member" : undefined;
}

function staysRelative(target: (name: string) => DeployTarget): string | undefined {
  const made = synthesized(target, ["web"]);
  return withoutState(made).includes(made.outdir) ? made.outdir : undefined;
}

/** An opening that nothing doubles is a template to Terraform. */
function escapes(target: (name: string) => DeployTarget): string | undefined {
  const found = /(?<!%)%\{Referer|(?<!\$)\$\{APACHE_X/.exec(synthesized(target, ["web"]).terraform);
  return found?.[0];
}

/** The member whose place a target is asked for. */
const ASKED: Member = { name: "node1", url: "ajp://node1.example:8009", parameters: {} };

function tellsPlaces(target: (name: string) => DeployTarget): string | undefined {
  const told = ({ placement: { fronts = {}, memberPlace } = {} }: DeployTarget) => ({
    fronts,
    member: { ...ASKED, ...memberPlace?.(ASKED) },
  });
  const deployed: DeployTarget[] = [];
  synthesized((name) => deployed[deployed.push(target(name)) - 1] as DeployTarget, ["web"]);
  const all = [...deployed, ...deployed, target("web")].map(told);
  const texts = new Set(all.map(canonicalJson));
  if (texts.size > 1) return `it tells ${[...texts].join(", then ")}`;
  const problems = all
    .slice(0, 1)
    .flatMap(({ fronts, member }) => [
      ...checkFronts(fronts, { at: "/fronts", subject: "fronts of the target" }),
      ...checkMember(member, { at: "" }),
    ]);
  return problems.length === 0 ? undefined : problems.map(problemText).join("; ");
}

function guarded(judge: () => string | undefined): string | undefined {
  try {
    return judge();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
