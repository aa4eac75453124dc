import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What was unpacked stays, so that it is downloaded once. */
const CACHE = join(tmpdir(), `httpd-balancer-packages-${process.getuid?.() ?? 0}`);

/** The WildFly that the article is played on. */
const WILDFLY = "39.0.1.Final";

/**
 * The folder that Debian packages are unpacked in, beside the system and not into it: nothing is installed, no service
 * starts. Undefined where they cannot be had.
 */
export function unpackedPackages(packages: readonly string[]): string | undefined {
  return kept(packages.join("+"), (draft) => {
    execFileSync("apt-get", ["download", "-q", ...packages], { cwd: draft, stdio: "ignore", timeout: 120_000 });
    const archives = readdirSync(draft).filter((name) => name.endsWith(".deb"));
    for (const name of archives) execFileSync("dpkg", ["-x", join(draft, name), join(draft, "root")]);
    return join(draft, "root");
  });
}

/** Debian's package of mod_jk, and where its module is in it. */
export const MOD_JK = { package: "libapache2-mod-jk", module: "usr/lib/apache2/modules/mod_jk.so" } as const;

/** Path of mod_jk.so. Undefined where it cannot be had. */
export function unpackedModJk(): string | undefined {
  const root = unpackedPackages([MOD_JK.package]);
  return root === undefined ? undefined : join(root, MOD_JK.module);
}

/** The folder of a WildFly from Maven Central. Undefined where it cannot be had. */
export function unpackedWildFly(): string | undefined {
  return kept(`wildfly-${WILDFLY}`, (draft) => {
    const copy = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy";
    const artifact = `-Dartifact=org.wildfly:wildfly-dist:${WILDFLY}:zip`;
    execFileSync("mvn", ["-B", "-q", copy, artifact, `-DoutputDirectory=${draft}`], {
      stdio: "ignore",
      timeout: 600_000,
    });
    execFileSync("unzip", ["-q", join(draft, `wildfly-dist-${WILDFLY}.zip`), "-d", draft]);
    return join(draft, `wildfly-${WILDFLY}`);
  });
}

/** A folder that is made once and stays; undefined where it cannot be made. */
export function kept(name: string, make: (draft: string) => string): string | undefined {
  const folder = join(CACHE, name);
  if (existsSync(folder)) return folder;
  let draft: string | undefined;
  try {
    mkdirSync(CACHE, { recursive: true });
    draft = mkdtempSync(join(CACHE, "draft-"));
    renameSync(make(draft), folder);
    return folder;
  } catch {
    // Another process may have made it meanwhile.
    return existsSync(folder) ? folder : undefined;
  } finally {
    if (draft !== undefined) rmSync(draft, { recursive: true, force: true });
  }
}
