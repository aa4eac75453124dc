import { describe, expect, it } from "vitest";
import { checkHidden, checkMounts, mountKey } from "../../../core/check/mounts.js";
import type { Mount, VirtualHost } from "../../../core/topology/topology.js";
import { brief } from "./texts.js";

const mount = (path: string, values: Partial<Mount> = {}): Mount => ({ path, to: { kind: "exclude" }, ...values });
const CONTEXT = { at: "", owner: "server 's'", sees: () => true, clusters: () => [] } as const;

describe("mounts of one scope", () => {
  const twice = (...mounts: readonly Mount[]) => brief(checkMounts(mounts, CONTEXT));

  it("have a path each", () => {
    expect(twice(mount("/a"), mount("/b"), mount("/a"))).toEqual([
      "/mounts/2/path: the path of an earlier mount (each path once)",
    ]);
  });

  it("may share one where httpd looks in different places", () => {
    expect(twice(mount("/a"), mount("/a", { inLocation: true }), mount("/a", { match: true }))).toEqual([]);
    expect(twice(mount("/a", { via: "rewrite" }), mount("/a", { via: "rewrite" }))).toEqual([]);
    expect(mountKey(mount("/a", { via: "handler" }))).toBeUndefined();
  });

  it("are checked one by one", () => {
    expect(twice(mount("/a"), mount("b"))[0]).toContain("/mounts/1/path: 'b'");
  });
});

describe("a mount of a virtual host", () => {
  const hidden = (shared: Mount, own: Mount, values: Partial<VirtualHost> = {}) =>
    brief(
      checkHidden(
        [shared],
        { name: "h", addresses: ["*:80"], settings: {}, mounts: [own], ...values },
        {
          at: "/h",
          subject: "virtual host 'h'",
        },
      ),
    );

  it.each([
    ["/", "/app"],
    ["/app", "/app"],
    ["/app", "/app/deep"],
    ["/app", "/app/"],
    ["/a", "/a//b"],
    ["/a/b", "/a//b"],
  ])("%s of the main server hides %s", (shared, own) => {
    expect(hidden(mount(shared), mount(own))).toEqual([
      `/h/mounts/0/path: hidden by mount '${shared}' of the main server (a path of its own)`,
    ]);
  });

  it.each([
    ["/app", "/"],
    ["/app", "/apple"],
    ["/app/", "/app"],
  ])("%s of the main server does not hide %s", (shared, own) => {
    expect(hidden(mount(shared), mount(own))).toEqual([]);
  });

  it("is told from those that httpd looks for elsewhere, and from files whose order is given", () => {
    for (const values of [{ match: true }, { inLocation: true }, { via: "rewrite" }] as const) {
      expect(hidden(mount("/a", values), mount("/a"))).toEqual([]);
      expect(hidden(mount("/a"), mount("/a", values))).toEqual([]);
    }
    expect(hidden(mount("/a"), mount("/a"), { mountOrder: "given" })).toEqual([]);
  });
});
