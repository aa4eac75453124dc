import { runScenario } from "../../core/model/run.js";
import { plainText } from "../../core/host/forms/plain-text.js";
import { renderHttpdConf } from "../../core/render/httpd.js";
import { readScenarioText } from "../../core/scenario/read.js";
import type { Topology } from "../../core/topology/topology.js";
import { COUNTING_PAGE } from "./application.js";
import { frontFolder, startHttpd, stopHttpd } from "./front.js";
import type { Front } from "./front.js";
import { ACTIVES, PARTS, RETRY } from "./parts.js";

/** What a front is started with. */
export interface FrontOptions {
  readonly title: string;
  readonly topology: Topology;
  /** `http://HOST:PORT` that it listens at. */
  readonly origin: string;
  /** Folder of this run. */
  readonly folder: string;
  /** httpd's program. */
  readonly httpd: string;
}

const SCENARIO = `steps:
  - request: { count: ${PARTS.a}, path: ${COUNTING_PAGE} }
  - request: { count: ${PARTS.b}, path: ${COUNTING_PAGE}, jar: true }
  - stop: [${ACTIVES.join(", ")}]
  - request: { count: ${PARTS.c}, path: ${COUNTING_PAGE}, jar: true, expect: { session: kept } }
  - start: [${ACTIVES.join(", ")}]
  - wait: ${RETRY + 1}s
  - request: { count: ${PARTS.d}, path: ${COUNTING_PAGE}, jar: true, expect: { session: kept } }
`;

/** A real mod_proxy_balancer with the httpd.conf of the topology; the model plays the same scenario. */
export async function balancerFront({ title, topology, origin, folder, httpd }: FrontOptions): Promise<Front> {
  const [server] = topology.servers;
  if (server === undefined) throw new Error("the article has no server");
  const { file, layout } = frontFolder(folder, title);
  const text = plainText({ path: file, text: renderHttpdConf(topology, server, { layout }) });
  const child = await startHttpd(httpd, file, text, origin);
  return {
    title,
    url: `${origin}${COUNTING_PAGE}`,
    expected: expectedNodes(topology),
    beforeFailure: () => Promise.resolve(),
    async recovered(failed) {
      const left = failed + (RETRY + 1) * 1_000 - Date.now();
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, left)));
    },
    stop: () => stopHttpd(child),
  };
}

function expectedNodes(topology: Topology): Front["expected"] {
  const read = readScenarioText(SCENARIO, "article.yaml");
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const { picks, failures } = runScenario(topology, read.scenario);
  if (failures.length > 0) throw new Error(failures.map(({ message }) => message).join("\n"));
  const names = picks.map(({ name }) => [name ?? "httpd"]);
  const { a, b, c } = PARTS;
  return {
    a: names.slice(0, a),
    b: names.slice(a, a + b),
    c: names.slice(a + b, a + b + c),
    d: names.slice(a + b + c),
  };
}
