import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { describe } from "vitest";

/** Real programs that tests start, and the Debian package (or other source) that brings each. */
const COMPONENTS = {
  apache2: { paths: ["/usr/sbin/apache2", "/usr/sbin/httpd", "/usr/local/apache2/bin/httpd"], from: "apache2-bin" },
  terraform: { paths: ["/usr/local/bin/terraform", "/usr/bin/terraform"], from: "terraform 1.5 or newer on PATH" },
  sshd: { paths: ["/usr/sbin/sshd"], from: "openssh-server" },
  sudo: { paths: ["/usr/bin/sudo"], from: "sudo" },
  chromium: { paths: ["/usr/bin/chromium", "/usr/bin/chromium-browser"], from: "chromium and fonts-dejavu-core" },
  git: { paths: ["/usr/bin/git"], from: "git" },
  unshare: { paths: ["/usr/bin/unshare"], from: "util-linux" },
  java: { paths: ["/usr/bin/java"], from: "default-jre-headless" },
  mvn: { paths: ["/usr/bin/mvn"], from: "maven" },
  unzip: { paths: ["/usr/bin/unzip"], from: "unzip" },
  shellcheck: { paths: ["/usr/bin/shellcheck"], from: "shellcheck" },
  cc: { paths: ["/usr/bin/cc", "/usr/bin/gcc"], from: "gcc" },
} as const;

/** A real program tests may need. */
export type Component = keyof typeof COMPONENTS;

/** Path of a component, or undefined when it is not installed. */
export function findComponent(component: Component): string | undefined {
  return COMPONENTS[component].paths.find((path) => existsSync(path)) ?? onPath(component);
}

/** Path of a component that `describeReal` has already found. */
export function component(name: Component): string {
  const path = findComponent(name);
  if (path === undefined) throw new Error(`${name} is not installed; install ${COMPONENTS[name].from}`);
  return path;
}

/**
 * A suite that needs real programs: skipped with its name and reason where one is missing, failing where
 * `REQUIRE_REAL=1` says that none may be missing.
 */
export function describeReal(name: string, components: readonly Component[], body: () => void): void {
  const missing = components.filter((wanted) => findComponent(wanted) === undefined);
  const reason = missing.map((wanted) => `${wanted} is missing: install ${COMPONENTS[wanted].from}`).join("; ");
  if (missing.length > 0 && process.env["REQUIRE_REAL"] !== "1") {
    describe.skip(`${name} [skipped: ${reason}]`, body);
    return;
  }
  describe(name, body);
}

function onPath(program: string): string | undefined {
  try {
    return execFileSync("sh", ["-c", `command -v ${program}`], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
}
