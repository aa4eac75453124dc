import { readdirSync } from "node:fs";
import { join } from "node:path";
import { RULE_LIST, ruleList } from "../../../scripts/generate-rule-list.js";
import { ROOT } from "./overlay.js";

/** A text that is put behind another one. */
export interface Put {
  /** @default - the file begins with it; it is new where there is none */
  readonly behind?: string;
  readonly put: string;
}

/** Texts that are put into a file. */
interface PutLines {
  readonly file: string;
  readonly lines: readonly Put[];
}

/** Something that is added to the sources as a person would. */
export interface Addition extends Put {
  /** A row of "Where a change goes" in docs/architecture.md. */
  readonly change: string;
  /** The one place. */
  readonly file: string;
  /** The list that names it, or the type that says what is stored: an entry, and its import. */
  readonly list?: PutLines;
  /** What else the compiler asks for. */
  readonly asked?: readonly PutLines[];
  /** Lists that `npm run gen` writes. */
  readonly generated?: Readonly<Record<string, () => string>>;
}

const KITE_RULE = `import { parameterOf } from "../view.js";
import type { Rule } from "../rule.js";
export const kiteRule: Rule = {
  id: "kite-rule",
  group: "time",
  severity: "warning",
  presets: ["recommended"],
  wanted: "No member flies.",
  why: "A kite is no backend.",
  proof: "measured on a beach",
  bad: [],
  good: [],
  fixable: false,
  member(view) {
    if (view.member.url !== "http://kite:1") return undefined;
    return { at: parameterOf(view, "url"), subject: view.label, found: "a kite", fix: "cut the line" };
  },
};
`;

const KITE_COMMAND = `import type { Command } from "../command.js";
import { EXIT } from "../io.js";
export const command: Command = {
  configure: (command) => command,
  run(_operands, _options, io) {
    io.stdout("it flies\\n");
    return EXIT.clean;
  },
};
`;

const KITE_TARGET = `import { TerraformOutput } from "../cdktf.js";
import type { DeployTarget, Site } from "../target.js";
export class KiteTarget implements DeployTarget {
  deploy({ scope, configuration }: Site): void {
    new TerraformOutput(scope, "kite", { value: configuration.text, sensitive: true });
  }
}
`;

const INTEGER = (name: string, error: string): string =>
  `  ${name}: { kind: "integer", min: 1, max: 9, doc: "Kites.", defaultDoc: "none", error: "${error}" },\n`;

/** One addition for each row, all of which can be made together. */
export const ADDITIONS: readonly Addition[] = [
  {
    change: "a worker parameter",
    file: "core/vocabulary/worker.ts",
    behind: "export const WORKER_PARAMETERS = {\n",
    put: INTEGER("kites", "kites must be between 1 and 9"),
  },
  {
    change: "a balancer parameter",
    file: "core/vocabulary/balancer.ts",
    behind: "export const BALANCER_PARAMETERS = {\n",
    put: INTEGER("kiteset", "kiteset must be between 1 and 9"),
  },
  {
    change: "a health-check parameter",
    file: "core/vocabulary/health-check.ts",
    behind: "const TEMPLATE_PARAMETERS = {\n",
    put: INTEGER("hckites", "hckites must be between 1 and 9"),
  },
  {
    change: "a setting of a server",
    file: "core/vocabulary/settings.ts",
    behind: "export const SERVER_SETTINGS = {\n",
    put: `  maxkeepaliverequests: { directive: "MaxKeepAliveRequests", kind: "integer", min: 1, doc: "Kites.", defaultDoc: "100", error: "no kites" },\n`,
  },
  {
    change: "what is closed by default in a written httpd.conf",
    file: "core/vocabulary/hardening.ts",
    behind: "export const HARDENING = {\n",
    put: `  serversignature: { directive: "ServerSignature", words: () => ["Off"], where: "server", doc: "no kites" },\n`,
  },
  {
    change: "a load-balancing method",
    file: "core/vocabulary/lbmethods.ts",
    behind: "export const LB_METHODS = {\n",
    put: `  bykites: { module: "lbmethod_bykites", needs: [], doc: "The last one flies.", deterministic: true },\n`,
    list: {
      file: "core/model/lbmethods/lbmethods.ts",
      lines: [
        {
          behind: "export const LB_METHOD_MODELS = {\n",
          put: "  bykites: { find: ({ status }) => status.length - 1, reset: () => undefined },\n",
        },
      ],
    },
  },
  {
    change: "a scheme of members",
    file: "core/vocabulary/schemes.ts",
    behind: "export const SCHEMES = {\n",
    put: `  kite: { modules: ["proxy_kite"], tls: false },\n`,
  },
  {
    change: "a layout of httpd",
    file: "core/vocabulary/layouts.ts",
    behind: "export const LAYOUTS = {\n",
    put: `  beach: {
    program: "httpd",
    serverRoot: "/beach",
    configFile: "/beach/httpd.conf",
    httpd: "2.4.71",
    moduleFolder: "modules",
    builtIn: [],
    user: "kite",
    group: "kite",
    pidFile: "/beach/pid",
    errorLog: "/beach/errors",
    accessLog: "/beach/accesses",
    runtimeFolder: "/beach/run",
    packages: { from: "packages", manager: "dnf", names: ["beach"] },
    doc: "Sand.",
  },
`,
  },
  {
    change: "a distribution and its httpd",
    file: "core/vocabulary/distributions.ts",
    behind: "export const DISTRIBUTIONS = {\n",
    put: `  kiteos: { httpd: "2.4.37", layout: "rhel", doc: "KiteOS" },\n`,
  },
  {
    change: "a key of a spec",
    file: "core/spec/cluster.ts",
    behind: "const KEYS = record(\n  {\n",
    put: `    kite: { doc: "Its kite.", shape: text() },\n`,
    list: {
      file: "core/topology/topology.ts",
      lines: [{ behind: "export interface Cluster {\n", put: "  readonly kite?: string;\n" }],
    },
  },
  {
    change: "a key of a scenario",
    file: "core/scenario/steps.ts",
    behind: "export const REQUEST_FIELDS = {\n",
    put: `  kite: { doc: "Its kite.", shape: text() },\n`,
  },
  {
    change: "what httpd says about a directive, and its mend",
    file: "core/conf/run/directives/texts.ts",
    behind: "export const TEXTS: Readonly<Record<string, Check>> = {\n",
    put: `  ServerAdmin: () => ({ sentence: "no kites", mend: "cut the line", about: "text" }),\n`,
  },
  {
    change: "a message of the error log",
    file: "core/diagnose/logged-codes.ts",
    behind: "export const LOGGED_CODES: readonly LoggedCode[] = [\n",
    put: `  { code: "AH99999", message: /the kite (?<path>\\S+) fell/, meaning: "A kite fell.", mend: "fly it again" },\n`,
  },
  {
    change: "an operation on members",
    file: "core/promises/runbook/member-operations.ts",
    behind: "export const MEMBER_OPERATIONS = {\n",
    put: `  kite: { doc: "it flies", plan: drainPlan, notes: ["Mind the wind."] },\n`,
  },
  {
    change: "a lint rule",
    file: "core/lint/rules/kite-rule.ts",
    put: KITE_RULE,
    generated: {
      [RULE_LIST]: () => ruleList([...readdirSync(join(ROOT, "core/lint/rules")), "kite-rule.ts"]),
    },
  },
  {
    change: "a format of findings",
    file: "core/report/formats/kites.ts",
    put: `import type { Format } from "./format.js";\nexport const kites: Format = (reports) => \`\${reports.length} kites\\n\`;\n`,
    list: {
      file: "core/report/formats/index.ts",
      lines: [
        { put: `import { kites } from "./kites.js";\n` },
        { behind: "export const FORMATS = {\n", put: "  kites,\n" },
      ],
    },
  },
  {
    change: "a form of what is rendered",
    file: "cli/commands/render.ts",
    behind: "const FORMS = {\n",
    put: `  kite: () => ({ ok: true, files: [{ path: "kite.txt", text: "it flies\\n" }] }),\n`,
  },
  {
    change: "a command",
    file: "cli/commands/fly.ts",
    put: KITE_COMMAND,
    list: {
      file: "cli/program.ts",
      lines: [
        {
          behind: "const COMMANDS: Readonly<Record<string, CommandRow>> = {\n",
          put: `  fly: { summary: "fly a kite", load: () => import("./commands/fly.js") },\n`,
        },
      ],
    },
  },
  { change: "a deployment target", file: "constructs/targets/kite-target.ts", put: KITE_TARGET },
  {
    change: "a checker that runs at synth",
    file: "constructs/findings.ts",
    behind: "const CHECKERS: readonly Checker[] = [",
    put: `() => [{ at: "", level: "warning", text: "it flies" }], `,
  },
  {
    change: "a promise",
    file: "core/promises/promise.ts",
    behind: "export const PROMISES = {\n",
    put: `  flies: { doc: "Each member flies.", keys: [] },\n`,
    list: {
      file: "core/promises/promise.ts",
      lines: [
        { behind: "export type ClusterPromise =\n", put: `  | { readonly id: "flies" }\n` },
        { behind: "switch (id) {\n", put: `    case "flies":\n` },
      ],
    },
    asked: [
      {
        file: "core/promises/judge-promise.ts",
        lines: [
          { behind: "switch (promise.id) {\n", put: `    case "flies":\n      return unjudged(0, "no wind");\n` },
        ],
      },
      {
        file: "core/promises/promise-watch.ts",
        lines: [{ behind: "switch (this.#promise.id) {\n", put: `      case "flies":\n        return true;\n` }],
      },
    ],
  },
];
