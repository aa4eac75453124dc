import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { Access } from "../../constructs/access.js";
import { BalancerCluster } from "../../constructs/balancer-cluster.js";
import { HttpdServer } from "../../constructs/httpd-server.js";
import { SshTarget } from "../../constructs/targets/ssh-target.js";
import type { HttpdLayout } from "../../constructs/httpd-layout.js";
import type { SshTargetOptions } from "../../constructs/targets/ssh-options.js";
import { sshLab } from "./ssh-lab.js";
import type { Lab, LabHost } from "./ssh-lab.js";

/** One state of a stack that is deployed to the hosts of a lab again and again. */
export interface Wanted extends Partial<SshTargetOptions> {
  /** Members by their ports, with their load factors. @default - one at 8381, one at 8382 */
  readonly members?: Readonly<Record<string, number>>;
  /** Port of the member that gets no new sessions. @default - none */
  readonly drained?: number;
  readonly extra?: readonly string[];
  /** Stands in the httpd.conf and nowhere else. */
  readonly secret?: string;
  /** True for a balancer-manager that the host itself may ask, or who may. @default - none */
  readonly manager?: true | Access;
  readonly balancerpersist?: boolean;
  readonly fronts?: readonly LabHost[];
  /** @default - Debian's */
  readonly layout?: HttpdLayout;
}

/** A project of the lab, and what is done with it. */
export function sshSite(lab: Lab, name = "shop") {
  const folder = join(lab.folder, name);
  const outdir = join(folder, "cdktf.out");
  mkdirSync(folder, { recursive: true });
  const stackFolder = join(outdir, "stacks", "shop");
  const own = join(stackFolder, "web", "deployment");
  return {
    stackFolder,
    synthesized: (): string => readFileSync(join(stackFolder, "web", "httpd.conf"), "utf8"),
    write: (wanted: Wanted = {}): void => {
      writeStack(lab, outdir, wanted);
    },
    /** As an operator would, once, as root. */
    prepare: (host: LabHost): string => host.run(`sh ${join(own, "prepare.sh")}`),
    terraform: (...words: readonly string[]) => lab.terraform(stackFolder, ...words),
    init: () => lab.terraform(stackFolder, "init", "-input=false"),
    apply: () => lab.terraform(stackFolder, "apply", "-input=false", "-auto-approve", "-no-color"),
    applying: () => lab.cuttable(stackFolder, "apply", "-input=false", "-auto-approve", "-no-color"),
    plan: () => lab.terraform(stackFolder, "plan", "-input=false", "-no-color", "-detailed-exitcode"),
    /** A plan as `terraform show -json` prints it. */
    plannedJson: async (): Promise<string> => {
      await lab.terraform(stackFolder, "plan", "-input=false", "-out=planned");
      return (await lab.terraform(stackFolder, "show", "-json", "planned")).output;
    },
    destroy: () => lab.terraform(stackFolder, "destroy", "-input=false", "-auto-approve", "-no-color"),
  };
}

/** A host in front of two members, and what is deployed to it. */
export interface OneFront {
  readonly lab: Lab;
  readonly front: LabHost;
  readonly site: ReturnType<typeof sshSite>;
}

/** A lab of one host, whose members at 8381 and 8382 run. */
export async function oneFront(): Promise<OneFront> {
  const lab = await sshLab(1);
  const [front] = lab.hosts;
  if (front === undefined) throw new Error("the lab has no host");
  const site = sshSite(lab);
  await lab.member(8381);
  await lab.member(8382);
  return { lab, front, site };
}

function writeStack(lab: Lab, outdir: string, wanted: Wanted): void {
  const {
    members = { 8381: 1, 8382: 1 },
    drained,
    extra,
    secret,
    manager,
    balancerpersist,
    layout,
    fronts = lab.hosts,
    ...target
  } = wanted;
  const app = new App({ outdir, stackTraces: false });
  const stack = new TerraformStack(app, "shop");
  new LocalBackend(stack, { path: "../../../shop.tfstate" });
  const cluster = new BalancerCluster(stack, "shopping", secret === undefined ? {} : { nonce: secret });
  for (const [port, loadfactor] of Object.entries(members)) {
    const status = Number(port) === drained ? ({ status: "+N" } as const) : {};
    cluster.addMember(`node${port}`, { url: `http://${lab.members}:${port}`, loadfactor, ...status });
  }
  const hosts = fronts.map(({ name, address, hostKey }) => ({ name, address, hostKey }));
  new HttpdServer(stack, "web", {
    ...(layout !== undefined && { layout }),
    ...(extra !== undefined && { extra }),
    ...(manager !== undefined && { manager: { access: manager === true ? Access.local() : manager } }),
    ...(balancerpersist !== undefined && { balancerpersist }),
  })
    .mount("/", cluster)
    .deployTo(SshTarget.of({ hosts, keyFile: lab.keyFile, limits: { connect: 3, probe: 4 }, ...target }));
  app.synth();
}
