import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { plainText } from "../../core/host/forms/plain-text.js";
import { jkPicks } from "../../core/mod-jk/picks.js";
import { renderModJk } from "../../core/mod-jk/render-mod-jk.js";
import { readProperties } from "../../core/server-files/read-workers.js";
import type { Topology } from "../../core/topology/topology.js";
import { problemText } from "../../core/vocabulary/problem.js";
import { COUNTING_PAGE } from "./application.js";
import type { FrontOptions } from "./balancer-front.js";
import { CountingClient } from "./client.js";
import { frontFolder, startHttpd, stopHttpd } from "./front.js";
import type { Front, FrontFolder } from "./front.js";
import { ACTIVES, PARTS } from "./parts.js";

/** Milliseconds until mod_jk has to ask a member that is back. */
const RECOVERY_LIMIT = 120_000;

/**
 * A real mod_jk with the files that the topology is written as.
 *
 * Each maintenance halves what mod_jk has counted, at times that nobody can know: until the actives die it has none, so
 * that its model is exact; from then on it runs with its file as it was written.
 *
 * @param module - path of mod_jk.so
 */
export async function jkFront(options: FrontOptions, module: string): Promise<Front> {
  const { title, origin, httpd } = options;
  const own = frontFolder(options.folder, title);
  const { conf, workers } = filesOf(options.topology, own, module);
  const workersFile = join(dirname(own.file), "workers.properties");
  const url = `${origin}${COUNTING_PAGE}`;
  writeFileSync(workersFile, workers.replace(/^worker\.maintain=.*$/m, "worker.maintain=3600"));
  let child = await startHttpd(httpd, own.file, conf, origin);
  return {
    title,
    url,
    expected: expectedNodes(workers),
    async beforeFailure() {
      await stopHttpd(child);
      writeFileSync(workersFile, workers);
      child = await startHttpd(httpd, own.file, conf, origin);
    },
    async recovered() {
      const deadline = Date.now() + RECOVERY_LIMIT;
      while (!ACTIVES.includes((await new CountingClient(url).ask()).node ?? "")) {
        if (Date.now() > deadline) throw new Error("mod_jk asks no active member again");
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    },
    stop: () => stopHttpd(child),
  };
}

function filesOf(
  topology: Topology,
  { layout }: FrontFolder,
  module: string,
): { readonly conf: string; readonly workers: string } {
  const rendered = renderModJk(topology, layout);
  if (!rendered.ok) throw new Error(rendered.problems.map(problemText).join("\n"));
  const text = (name: string): string => {
    const file = rendered.files.find(({ path }) => path === name);
    if (file === undefined) throw new Error(`mod_jk has no ${name}`);
    return plainText(file);
  };
  return { conf: text("httpd.conf").replace(/\S+\/mod_jk\.so/, module), workers: text("workers.properties") };
}

function expectedNodes(workers: string): Front["expected"] {
  const [balancer] = readProperties(workers).workers.balancers;
  if (balancer === undefined) throw new Error("mod_jk has no balancer");
  const names = jkPicks(balancer, PARTS.a + PARTS.b).picks.map((name) => [name ?? "httpd"]);
  const standing = jkPicks(balancer, PARTS.c, ACTIVES).picks.map((name) => [name ?? "httpd"]);
  return {
    a: names.slice(0, PARTS.a),
    b: names.slice(PARTS.a),
    c: standing,
    d: Array.from({ length: PARTS.d }, () => ACTIVES),
  };
}
