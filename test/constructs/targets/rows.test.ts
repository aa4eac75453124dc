import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

/** What targets bring about, and where each row is held: a file below `test`, and words of a title or check in it. */
const ROWS: Readonly<Record<string, readonly (readonly [row: string, file: string, held: string])[]>> = {
  "machines by cloud-init": [
    [
      "installs, configures, starts",
      "core/host/forms/forms",
      "has its configuration in place before the package starts it",
    ],
    ["packed above 16 kB", "core/host/forms/forms", "packs what would be larger than 16 kB"],
    ["carried out by systemd", "core/host/forms/machines.real", "brings httpd.conf, %s, and the front serves"],
    ["its own schema", "core/host/forms/machines.real", "Valid cloud-config"],
    ["any provider's machine", "constructs/targets/machine-targets", "machines are as many as wanted"],
  ],
  "machines of AWS": [
    ["a new network and balancer, applied", "constructs/targets/aws-target.real", "fronts behind a balancer, and one"],
    ["an existing network", "constructs/targets/aws-target", "a network that is there is used as it is"],
    ["what reaches what", "constructs/targets/aws-target", "what may reach what follows from the description"],
    ["what reaches what, applied", "constructs/targets/aws-target.real", "expect(rules("],
    ["metadata, disks, addresses", "constructs/targets/aws-target", "gives its metadata to sessions only"],
    ["a changed weight", "constructs/targets/aws-target", "a changed weight changes the order in the bucket"],
    ["a changed weight, applied", "constructs/targets/aws-target.real", "a changed weight replaces no machine"],
    ["nodes come and go, destroy", "constructs/targets/aws-target.real", "nodes come and go, a lost one comes back"],
    ["nodes as groups of one", "constructs/targets/aws-target", "are kept alive by a group of exactly one each"],
    ["nodes as groups, hardened", "constructs/targets/aws-target", "are as closed as instances, and carry the tags"],
    ["a lost node, applied", "constructs/targets/aws-target.real", "a lost one comes back"],
    ["a changed node", "constructs/targets/aws-target", "are made anew by a change of what a machine is made of"],
    ["a changed node, applied", "constructs/targets/aws-target.real", "will be replaced/g)).toHaveLength(1)"],
    ["an empty plan again", "constructs/targets/aws-target.real", "plan -detailed-exitcode"],
    ["user data byte for byte", "constructs/targets/aws-target.real", "expect(userData("],
    ["httpd's own test", "constructs/targets/aws-target.real", "Syntax OK"],
    ["fronts fetch and load", "core/host/forms/machines.real", "takes a changed weight without another machine"],
    ["a lost zone", "core/promises/other-promises", "a lost zone counts as one failure"],
    ["zones of machines", "constructs/targets/aws-target", "a member in another zone than its machine"],
    ["zones that are told once", "constructs/placement", "zones that a target tells are those written by hand"],
    ["sizes of machines", "constructs/placement", "a size that was measured is the capacity of its nodes"],
    ["a lost zone with its fronts", "constructs/placement", "a lost zone takes its fronts"],
  ],
  "containers of Docker": [
    ["compose as it is specified", "core/host/forms/forms", "is a project as the compose specification has it"],
    ["the article, by the model", "core/host/forms/compose.suite", "request by request as the model says"],
    ["health", "core/host/forms/compose.suite", "stops being healthy when no member serves"],
    ["drain", "core/host/forms/compose.suite", "answers what it has begun when it is stopped"],
    ["nobody of rank, no root", "core/host/forms/compose.suite", "runs as nobody of rank"],
    ["terraform", "constructs/targets/container-targets.real", "plans, applies and destroys what is made for %s"],
    ["the article, by DockerTarget", "constructs/targets/docker-target.suite", "whose standby is in charge while"],
    ["a changed weight", "constructs/targets/docker-target.suite", "makes the front anew and nothing else"],
    ["a destroy", "constructs/targets/docker-target.suite", "destroy leaves nothing"],
    ["the pod's container", "core/host/forms/pod.suite", "is alive at once and ready only through a member"],
    ["the pod's drain", "core/host/forms/pod.suite", "is told to leave by its own command"],
  ],
  "a fleet on Kubernetes": [
    ["no unknown field", "core/host/forms/forms", "would not get through with %s"],
    ["a roll", "core/host/forms/forms", "a ConfigMap of another name, which rolls the pods"],
    ["the policy", "core/host/forms/forms", "lets a pod out to its members and to DNS only"],
    ["terraform", "constructs/targets/container-targets.real", "hashicorp/kubernetes"],
    ["no unknown field, of a node", "core/host/forms/kubernetes/node-objects", "hold no field that these do not know"],
    ["the pod's name is the route", "core/host/forms/kubernetes/node-objects", "which it finds as its route"],
    ["members and pods match", "core/host/forms/kubernetes/node-problems", "match in whichever way a pod is named"],
    ["the policy, by labels", "core/host/forms/kubernetes/node-objects", "to the pods of its nodes by their labels"],
    ["an Ingress", "core/host/forms/kubernetes/entrance", "leads everything to the Service of the front"],
    ["a Gateway", "core/host/forms/kubernetes/entrance", "names the Gateway and the Service of the front"],
    [
      "the address of clients",
      "core/host/forms/kubernetes/entrance",
      "in front of rules about the client's address is said",
    ],
    [
      "names of several addresses",
      "field/several-addresses.real",
      "gives what the first address refuses to the next one",
    ],
    ["addressttl, disablereuse", "field/several-addresses.real", "moves all requests together"],
    ["what share no longer promises", "core/promises/fronts", "all addresses of %s together for shares"],
  ],
  "several fronts": [
    ["shares of each and of all", "core/promises/fronts.real", "make the round of explain each"],
    ["in any order", "core/promises/fronts.real", "make no longer runs, and no other rounds"],
    ["failures and capacity", "core/promises/fronts.real", "meet a failure each for itself"],
    ["what is said", "core/promises/fronts", "every one of several fronts, and all together"],
    ["what each can serve", "core/promises/front-load", "it is broken exactly where counting front by front"],
  ],
  "what cannot be": [
    ["overlapping subnets", "constructs/targets/aws-target", "subnets that overlap"],
    ["overlapping subnets that are there", "constructs/targets/aws-target", "subnets that are there and overlap"],
    ["a zone without a node", "constructs/targets/aws-target", "a zone without a node"],
    ["user data over the limit, of a node", "constructs/targets/aws-target", "user data over the limit"],
    ["user data over the limit, of a front", "constructs/targets/machine-targets", "user data over the limit"],
    ["groups without a node", "constructs/targets/aws-target", "groups that keep nothing alive"],
    ["no credentials", "constructs/targets/aws-provider", "no credentials: one warning for a stack"],
    [
      "a profile that is nowhere",
      "constructs/targets/aws-provider",
      "a profile that is named and nobody has described",
    ],
    [
      "a profile that is nowhere, by the provider",
      "constructs/targets/aws-target.real",
      "failed to get shared config profile",
    ],
    ["another version of a provider's package", "constructs/targets/aws-provider", "is not the one that was tried"],
    ["no provider's package", "project/package.real", "without a package of any provider"],
    ["a layout without an image", "core/host/forms/forms", "refuses a layout that no image has"],
    ["an image without httpd, by its name", "core/host/front-image", "holds no httpd"],
    [
      "an image without httpd, at its start",
      "constructs/targets/docker-target.suite",
      "an image without httpd says that",
    ],
    [
      "a machine without httpd",
      "core/host/forms/shell.real",
      "asks the installer of its layout where httpd is missing",
    ],
    ["a name that is no DNS label", "constructs/targets/machine-targets", "a server that is no DNS label"],
    ["a pod that no member names", "core/host/forms/kubernetes/node-problems", "pods that no member leads to"],
    ["a member without its pod", "core/host/forms/kubernetes/node-problems", "a pod that is not made"],
  ],
  "a package": [
    ["below 1 MB", "project/package.real", "toBeLessThan(1_000_000)"],
    ["a target of one's own", "constructs/testing/target-contract", "finds a target that does nothing"],
  ],
};

const ROOT = join(__dirname, "../..");

describe.each(Object.entries(ROWS))("%s", (_, rows) => {
  it.each(rows)("%s is held in %s", (_row, file, held) => {
    const name = file.endsWith(".suite") ? `${file}.ts` : `${file}.test.ts`;
    expect(readFileSync(join(ROOT, name), "utf8")).toContain(held);
  });
});

describe("docs/targets.md", () => {
  const text = readFileSync(join(ROOT, "../docs/targets.md"), "utf8");
  const sections = text.split(/^## /m).slice(1);

  it.each([
    "LocalTarget",
    "SshTarget",
    "VmTarget",
    "AwsTarget",
    "DockerTarget",
    "KubernetesTarget",
    "A target of your own",
  ])("shows %s by a file and a picture", (title) => {
    const section = sections.find((each) => each.startsWith(`${title}\n`));
    expect(section).toMatch(/^```ts \S+\n/m);
    expect(section).toMatch(/^```mermaid\n/m);
  });

  it("has no file of more than 25 lines", () => {
    const files = Array.from(text.matchAll(/^```ts (\S+)\n([\s\S]*?)^```$/gm));
    const lines = files.map(([, name = "", body = ""]) => [name, body.trim().split("\n").length] as const);
    expect(lines.length).toBeGreaterThan(8);
    expect(lines.filter(([, count]) => count > 25)).toEqual([]);
  });
});
