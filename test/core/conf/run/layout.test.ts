import { describe, expect, it } from "vitest";
import { readHttpdConf } from "../../../../core/api/read-httpd-conf.js";
import { MODULE_TABLES } from "../../../../core/vocabulary/command-tables.js";
import { fillText } from "../../../../core/render/files.js";
import { renderTopology } from "../../../../core/render/render.js";
import { buildTopology } from "../../../../core/topology/build.js";
import { LAYOUTS } from "../../../../core/vocabulary/layouts.js";
import type { LayoutName } from "../../../../core/vocabulary/layouts.js";

const NAMES = Object.keys(LAYOUTS) as readonly LayoutName[];

const written = (layout: LayoutName): string => {
  const rendered = renderTopology(
    buildTopology({
      clusters: [{ name: "c", members: [{ name: "a", url: "http://a:1" }] }],
      servers: [
        {
          name: "web",
          layout,
          listen: [{ port: 80 }],
          mounts: [{ path: "/", to: { kind: "cluster", cluster: "c", path: "/" } }],
        },
      ],
    }),
  );
  if (!rendered.ok) throw new Error(JSON.stringify(rendered.problems));
  const [file] = rendered.files;
  return fillText(file?.text ?? "", () => "");
};

describe("the layout of an httpd.conf", () => {
  it.each(NAMES)("what is written for %s is accepted, and known again for what it is or is like", (layout) => {
    const read = readHttpdConf(written(layout));
    expect(read.ok ? undefined : read.refusal).toBeUndefined();
    const [server] = read.ok ? read.topology.servers : [];
    // An image and a build from source have their files in the same folders.
    expect(server?.layout).toBe(layout === "docker" ? "source" : layout);
  });

  it("the modules in Debian's httpd are those that its binary has in it", () => {
    const measured = [...MODULE_TABLES.values()].filter(
      ({ file, source }) => file === undefined && /^mod_/.test(source),
    );
    const names = measured.map(({ symbol }) => symbol.replace(/_module$/, ""));
    expect(names.filter((name) => name !== "so").sort()).toEqual([...LAYOUTS.debian.builtIn].sort());
  });
});
