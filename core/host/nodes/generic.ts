import type { NodeService, NodeSite } from "./node-site.js";

/** A server that is set up elsewhere: only its ports, its page and its place among the members are known. */
export function genericService({ node }: NodeSite): NodeService {
  return {
    packages: { from: "given" },
    files: [],
    service: {
      name: node.name,
      program: node.name,
      user: "nobody",
      group: "nogroup",
      configFile: "",
      pidFile: "",
      environmentFile: undefined,
      folders: [],
    },
  };
}
