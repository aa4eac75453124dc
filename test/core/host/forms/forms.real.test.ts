import { Ajv } from "ajv";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { load } from "js-yaml";
import { afterAll, beforeAll, expect, test } from "vitest";
import { renderCloudInit } from "../../../../core/host/forms/cloud-init.js";
import { renderCompose } from "../../../../core/host/forms/compose.js";
import { renderKubernetes } from "../../../../core/host/forms/kubernetes/manifests.js";
import type { Rendered } from "../../../../core/render/render.js";
import { readSpec } from "../../../../core/spec/read-spec.js";
import type { Topology } from "../../../../core/topology/topology.js";
import { LAYOUTS } from "../../../../core/vocabulary/layouts.js";
import { sandbox } from "../../render/real-httpd.js";
import type { Sandbox } from "../../render/real-httpd.js";
import { component, describeReal } from "../../../support/real.js";
import { withoutDialect } from "../../../support/json-schema.js";
import { describeUnpacked } from "../../../support/unpacked.js";
import { SECRET_SPEC } from "./secret-spec.js";

function textOf(form: (topology: Topology) => Rendered, path: string, spec = SECRET_SPEC): string {
  const reading = readSpec(spec, "forms.yaml");
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const rendered = form(reading.topology);
  if (!rendered.ok) throw new Error(JSON.stringify(rendered.problems));
  return rendered.files.find((file) => file.path === path)!.text as string;
}

interface WrittenFile {
  readonly path: string;
  readonly encoding: string;
  readonly content: string;
}

/** What cloud-init writes. */
function contentOf({ encoding, content }: WrittenFile): string {
  return encoding === "gz+b64" ? gunzipSync(Buffer.from(content, "base64")).toString() : content;
}

const BIG = SECRET_SPEC.replace(
  "      a:",
  () => `${Array.from({ length: 900 }, (_, index) => `      m${index}: http://host${index}:80\n`).join("")}      a:`,
);

/** The httpd.conf inside of each form. */
const CONFIGURATIONS = {
  compose: () => textOf(renderCompose, "web/httpd.conf"),
  kubernetes: () => {
    const [config] = textOf(renderKubernetes, "kubernetes.yaml").split("\n---\n");
    return (load(config!.split(/^---$/m)[0]!) as { readonly data: Record<string, string> }).data["httpd.conf"]!;
  },
  "cloud-init": () => written(SECRET_SPEC),
  "cloud-init, packed": () => written(BIG),
};

function written(spec: string): string {
  const data = load(textOf(renderCloudInit, "user-data.yaml", spec)) as {
    readonly write_files: readonly WrittenFile[];
  };
  return contentOf(data.write_files[0]!);
}

describeReal("the configuration inside of a form", ["apache2"], () => {
  let box: Sandbox;
  beforeAll(() => {
    box = sandbox();
    mkdirSync(join(box.folder, "logs"));
  });
  afterAll(() => {
    box.remove();
  });

  /** Where the httpd of this machine has its things, whatever layout the text is for. */
  function onThisMachine(text: string): string {
    const builtIn = LAYOUTS.debian.builtIn.map((name) => `LoadModule ${name}_module modules/mod_${name}.so`);
    return text
      .split("\n")
      .filter((line) => !builtIn.includes(line))
      .join("\n")
      .replaceAll(" modules/mod_", ` ${LAYOUTS.debian.moduleFolder}/mod_`)
      .replaceAll(LAYOUTS.docker.serverRoot, box.folder)
      .replaceAll(LAYOUTS.debian.runtimeFolder, box.folder)
      .replaceAll("/var/log/apache2", box.folder);
  }

  test.each(Object.entries(CONFIGURATIONS))(
    "of %s passes httpd's own test, with the secret in its environment",
    (_, conf) => {
      const file = join(box.folder, "httpd.conf");
      writeFileSync(file, onThisMachine(conf()));
      const tried = (secret: Record<string, string>): string =>
        spawnSync(component("apache2"), ["-t", "-f", file], { encoding: "utf8", env: secret }).stderr;
      expect(tried({ SHOP_B_SECRET: "two words" })).toMatch(/^Syntax OK$/m);
      expect(tried({ SHOP_B_SECRET: "x".repeat(64) })).toContain("Secret length must be < 64 characters");
    },
  );
});

describeUnpacked("the user data", ["cloud-init"], [], (folder) => {
  test.each([
    ["plain", SECRET_SPEC],
    ["packed", BIG],
  ])("that is %s fits cloud-init's own schema, which refuses what it does not know", (_, spec) => {
    const schema = join(folder, "usr/lib/python3/dist-packages/cloudinit/config/schemas/schema-cloud-config-v1.json");
    const ajv = new Ajv({ strict: false, validateFormats: false, logger: false });
    const valid = ajv.compile(withoutDialect(readFileSync(schema, "utf8")));
    const data = load(textOf(renderCloudInit, "user-data.yaml", spec)) as Record<string, unknown>;
    expect(valid(data), JSON.stringify(valid.errors)).toBe(true);
    expect(valid({ ...data, packages: "apache2" })).toBe(false);
    expect(valid({ ...data, write_files: [{ pathh: "/x" }] })).toBe(false);
  });
});
