// `npm test`: sets up whatever is missing, runs every check and every test, and closes with `N passed, N failed`.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { spawnSync } from "node:child_process";
import {
  build,
  dependenciesAreStale,
  giveUp,
  installDependencies,
  quietEnvironment,
  ROOT,
  run,
  runTool,
  startTool,
} from "./setup.mjs";

/** Debian packages of the real programs that tests start. */
const DEBIAN = [
  { program: "/usr/sbin/apache2", name: "apache2-bin" },
  { program: "/usr/sbin/sshd", name: "openssh-server" },
  { program: "/usr/bin/sudo", name: "sudo" },
  { program: "/usr/sbin/ip", name: "iproute2" },
  { program: "/usr/bin/curl", name: "curl" },
  { program: "/usr/bin/git", name: "git" },
  { program: "/usr/bin/shellcheck", name: "shellcheck" },
  { program: "/usr/bin/cc", name: "gcc" },
  { program: "/usr/include/stdio.h", name: "libc6-dev" },
  { program: "/usr/bin/java", name: "default-jre-headless" },
  { program: "/usr/bin/mvn", name: "maven" },
  { program: "/usr/bin/unzip", name: "unzip" },
  { program: "/usr/bin/chromium", name: "chromium" },
  { program: "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", name: "fonts-dejavu-core" },
];

const RESULTS = `${ROOT}test-results/vitest.json`;
const LAYERS = ["core", "constructs", "live", "matchers", "cli", "stacks", "index.ts"];

/** Each check counts as one test. */
const CHECKS = [
  { name: "build", work: build },
  { name: "types", work: () => runTool("typescript/bin/tsc", ["-p", "tsconfig.json", "--noEmit"]) },
  { name: "format", work: () => runTool("prettier/bin/prettier.cjs", ["--check", "--log-level=warn", "."]) },
  { name: "layers", work: () => runTool("dependency-cruiser/bin/dependency-cruise.mjs", LAYERS) },
  { name: "core without Node", work: () => run(process.execPath, ["scripts/browser.mjs"]) },
  { name: "dead code", work: () => runTool("knip/bin/knip.js", []) },
  { name: "dead rooms", work: () => runTool("knip/bin/knip.js", ["-c", "knip.shipped.json"]) },
  { name: "package", work: () => runTool("publint/src/cli.js", ["--strict"]) },
  { name: "public API", work: () => run(process.execPath, ["scripts/api-report.mjs"]) },
];

if (dependenciesAreStale()) {
  process.stdout.write("installing packages (npm ci)\n");
  const installed = installDependencies();
  if (!installed.ok)
    giveUp("The packages could not be installed; check the network and run `npm test` again.", installed.output);
}
installComponents();

// The longest check needs nothing of the others and takes the second processor.
const linted = startTool("eslint/bin/eslint.js", ["."]);
const checks = [...CHECKS.map(({ name, work }) => report(name, work())), report("lint", await linted)];
const tests = runTests();
const passed = tests.passed + checks.filter((ok) => ok).length;
const failed = tests.failed + checks.filter((ok) => !ok).length;
for (const name of tests.skipped) process.stdout.write(`skipped: ${name}\n`);
if (tests.skipped.length > 0) process.stdout.write(`${tests.skipped.length} skipped\n`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

/** Says how a check went. */
function report(name, { ok, output, seconds }) {
  process.stdout.write(
    `${ok ? "ok  " : "FAIL"} check: ${name} (${seconds.toFixed(1)} s)\n${ok ? "" : `${output.trimEnd()}\n`}`,
  );
  return ok;
}

/** Real programs come from Debian where this process may install them; elsewhere their tests are skipped by name. */
function installComponents() {
  const missing = DEBIAN.filter(({ program }) => !existsSync(program)).map(({ name }) => name);
  if (missing.length === 0 || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  process.stdout.write(`installing ${missing.join(", ")} (apt-get)\n`);
  const env = { DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  run("apt-get", ["update", "-q"], { env });
  const installed = run("apt-get", ["install", "-q", "-y", "--no-install-recommends", ...missing], { env });
  if (!installed.ok) process.stdout.write(`${installed.output.trimEnd()}\n`);
}

/** Runs vitest; a file that could not be loaded is one failure. */
function runTests() {
  mkdirSync(`${ROOT}test-results`, { recursive: true });
  rmSync(RESULTS, { force: true });
  const words = [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${RESULTS}`,
  ];
  const { status } = spawnSync(process.execPath, words, { cwd: ROOT, env: quietEnvironment(), stdio: "inherit" });
  if (!existsSync(RESULTS)) return { passed: 0, failed: 1, skipped: [] };
  const { testResults: files } = JSON.parse(readFileSync(RESULTS, "utf8"));
  const all = files.flatMap(({ assertionResults }) => assertionResults);
  const unloaded = files.filter(
    ({ status: state, assertionResults }) => state === "failed" && assertionResults.length === 0,
  );
  const failed = all.filter(({ status: state }) => state === "failed").length + unloaded.length;
  return {
    passed: all.filter(({ status: state }) => state === "passed").length,
    failed: failed === 0 && status !== 0 ? 1 : failed,
    skipped: all.filter(({ status: state }) => !["passed", "failed"].includes(state)).map(({ fullName }) => fullName),
  };
}
