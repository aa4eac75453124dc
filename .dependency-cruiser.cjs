// Lowest first: a folder may import itself and any folder before it (conf and model are siblings).
const CORE_LAYERS = ["vocabulary", "topology", "scenario", "conf|model", "promises", "lint", "render", "review"];
const EFFECTS =
  "^(node:)?(fs|fs/promises|child_process|http|https|http2|net|tls|dns|os|process|worker_threads|timers|timers/promises|readline)$";
const ban = (name, from, to, comment) => ({ name, severity: "error", comment, from, to });

module.exports = {
  forbidden: [
    ...CORE_LAYERS.slice(0, -1).map((layer, index) =>
      ban(
        `core-layer-${layer.replace("|", "-")}`,
        { path: `^core/(${layer})/` },
        { path: `^core/(${CORE_LAYERS.slice(index + 1).join("|")})/` },
        "core is layered: a folder imports only lower ones",
      ),
    ),
    ban("conf-and-model-are-siblings", { path: "^core/conf/" }, { path: "^core/model/" }),
    ban("model-and-conf-are-siblings", { path: "^core/model/" }, { path: "^core/conf/" }),
    ban("core-is-pure", { path: "^core/" }, { path: EFFECTS }, "files, network and clock belong to the edges"),
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
