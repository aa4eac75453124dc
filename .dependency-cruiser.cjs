// Lowest first: a folder may import itself and any folder of a layer before it, but none of its siblings in a layer.
const CORE_LAYERS = [
  "httpd",
  "vocabulary",
  "shape",
  "topology",
  "report",
  "written",
  "check|route|scenario|server-files",
  "spec",
  "conf|model",
  "promises",
  "lint|diagnose",
  "render",
  "host|mod-jk",
  "review",
];
const ban = (name, from, to, comment) => ({ name, severity: "error", comment, from, to });

module.exports = {
  forbidden: [
    ...CORE_LAYERS.slice(0, -1).map((layer, index) =>
      ban(
        `core-layer-${layer.replaceAll("|", "-")}`,
        { path: `^core/(${layer})/` },
        { path: `^core/(${CORE_LAYERS.slice(index + 1).join("|")})/` },
        "core is layered: a folder imports only lower ones",
      ),
    ),
    ...CORE_LAYERS.filter((layer) => layer.includes("|")).map((layer) =>
      ban(
        `siblings-${layer.replaceAll("|", "-")}`,
        { path: `^core/(${layer})/` },
        { path: `^core/(${layer})/`, pathNot: "^core/$1/" },
        "folders of one layer do not know each other",
      ),
    ),
    ban("core-is-pure", { path: "^core/" }, { dependencyTypes: ["core"] }, "what only Node has belongs to the edges"),
    ban("core-knows-no-edge", { path: "^core/" }, { path: "^(constructs|live|cli|stacks|matchers)/" }),
    ban("edges-do-not-know-constructs", { path: "^(live|cli)/" }, { path: "^(constructs|stacks)/" }),
    ban("constructs-know-no-cli", { path: "^(constructs|stacks)/" }, { path: "^(live|cli)/" }),
    ban("live-knows-no-cli", { path: "^live/" }, { path: "^cli/" }),
    ban("constructs-know-no-stack", { path: "^constructs/" }, { path: "^stacks/" }),
    ban(
      "cdktf-at-one-edge",
      { pathNot: "^(constructs|stacks|test|bench)/" },
      { path: "node_modules/(cdktf|cdktn|constructs)/" },
    ),
    ban("commander-at-one-edge", { pathNot: "^(cli|test)/" }, { path: "node_modules/commander/" }),
    ban("no-circular", {}, { circular: true }),
    ban("no-import-of-tests", { pathNot: "^(test|bench)/" }, { path: "^test/" }),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|cdktf.out)/" },
  },
};
