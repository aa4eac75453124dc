import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { plainText } from "../../core/host/forms/plain-text.js";
import { renderHttpdConf } from "../../core/render/httpd.js";
import type { Topology } from "../../core/topology/topology.js";
import { claimLoopback } from "../../live/ports.js";
import { writeApplication } from "../../scripts/article/application.js";
import { frontFolder, startHttpd, stopHttpd } from "../../scripts/article/front.js";
import type { JavaNode } from "../../scripts/article/java-node.js";
import { tomcatNode } from "../../scripts/article/tomcat.js";
import { component } from "./real.js";

/** Changes one thing of a file that was made, so that what it keeps away can be seen. */
type Change = (made: string) => string;

/** Tomcats and httpds on a loopback address of their own. */
export interface TomcatSite {
  readonly address: string;
  readonly folder: string;
  /** Folder of the application, whose pages count in a session. */
  readonly application: string;
  /** A node of the description with the server.xml that is made for it; not started. */
  node(topology: Topology, name: string, change?: Change): Promise<JavaNode>;
  /** What a node has logged. */
  log(name: string): string;
  /** The origin of a httpd that runs the description's first server. */
  front(topology: Topology, title: string, change?: Change): Promise<string>;
  /** Whether something listens on a port. */
  accepts(port: number): Promise<boolean>;
  /** Ends all that runs. */
  release(): Promise<void>;
}

/**
 * A site of Tomcats.
 *
 * @param root - folder with Debian's packages unpacked
 */
export async function tomcatSite(root: string): Promise<TomcatSite> {
  const loopback = await claimLoopback();
  const { address } = loopback;
  const folder = mkdtempSync(join(tmpdir(), "tomcats-"));
  chmodSync(folder, 0o755);
  const application = join(folder, "demo");
  writeApplication(application, "tomcat");
  const nodes: JavaNode[] = [];
  const fronts: ChildProcess[] = [];
  return {
    address,
    folder,
    application,
    async node(topology, name, change) {
      const described = topology.nodes?.find((node) => node.name === name);
      if (described === undefined) throw new Error(`there is no node ${name}`);
      const node = await tomcatNode(topology, described, root, folder);
      nodes.push(node);
      if (change !== undefined) changeFile(join(folder, name, "conf", "server.xml"), change);
      return node;
    },
    log: (name) => readFileSync(join(folder, name, "logs", "out.log"), "utf8"),
    async front(topology, title, change = (made) => made) {
      const [server] = topology.servers;
      if (server === undefined) throw new Error("there is no server");
      const { file, layout } = frontFolder(folder, title);
      const conf = plainText({ path: file, text: renderHttpdConf(topology, server, { layout }) });
      const origin = `http://${address}:${server.listen[0]?.port ?? 80}`;
      fronts.push(await startHttpd(component("apache2"), file, change(conf), origin));
      return origin;
    },
    accepts: (port) => accepts(address, port),
    async release() {
      await Promise.all([...fronts.map(stopHttpd), ...nodes.map((node) => node.kill())]);
      await loopback.release();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Throws where nothing is changed: the trap would not be the one that is meant. */
function changeFile(file: string, change: Change): void {
  const made = readFileSync(file, "utf8");
  const changed = change(made);
  if (changed === made) throw new Error(`nothing is changed in ${file}`);
  writeFileSync(file, changed);
}

async function accepts(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port });
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
