import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  /** It stands in the archive of the package around it, whose integrity holds for it, too. */
  readonly inBundle?: boolean;
}

/** What `npm audit signatures` asks of a lock file, without the registry. */
it("every package of the lock file is one of a registry, by its version and what its archive has to be", () => {
  const text = readFileSync(join(__dirname, "../../package-lock.json"), "utf8");
  const { packages } = JSON.parse(text) as { readonly packages: Readonly<Record<string, Locked>> };
  const installed = Object.entries(packages).filter(([path]) => path !== "");
  expect(installed.length).toBeGreaterThan(100);
  const unsure = installed.filter(([, { version, integrity = "", inBundle, link, resolved = "https:" }]) => {
    const proved = inBundle === true || /^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity);
    return version === undefined || !proved || link === true || !resolved.startsWith("https:");
  });
  expect(unsure.map(([path]) => path)).toEqual([]);
});

it("a package in the archive of another stands below it, and that one is proved", () => {
  const text = readFileSync(join(__dirname, "../../package-lock.json"), "utf8");
  const { packages } = JSON.parse(text) as { readonly packages: Readonly<Record<string, Locked>> };
  for (const [path] of Object.entries(packages).filter(([, { inBundle }]) => inBundle === true)) {
    const above = path.split("/node_modules/").slice(0, -1);
    const around = above.map((_, index) => packages[above.slice(0, index + 1).join("/node_modules/")]);
    expect([path, around.some((one) => one?.integrity !== undefined)]).toEqual([path, true]);
  }
});
