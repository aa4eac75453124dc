import { LocalBackend, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { BalancerCluster } from "../constructs/balancer-cluster.js";
import { HttpdLayout } from "../constructs/httpd-layout.js";
import { HttpdServer } from "../constructs/httpd-server.js";
import { Promises } from "../core/promises/promise.js";
import type { DeployTarget } from "../constructs/target.js";
import { LocalTarget } from "../constructs/targets/local-target.js";
import { seconds } from "../core/vocabulary/duration.js";

/**
 * Two active WildFly nodes with load factors 1 and 5, and a hot standby that serves while both are down. Sessions stay
 * with their node.
 */
export class ActivePassiveStack extends TerraformStack {
  readonly web: HttpdServer;

  /** @param target - where it goes; a folder of this project unless told otherwise */
  constructor(scope: Construct, id: string, target: DeployTarget = LocalTarget.of({ directory: "run" })) {
    super(scope, id);
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });

    // One try more than the default, with which the article as it is printed refuses a request while a node is up.
    const cluster = new BalancerCluster(this, "mycluster", { stickysession: "JSESSIONID|jsessionid", maxattempts: 3 });
    cluster.addMember("node1", { url: "http://localhost:8380", loadfactor: 1, retry: seconds(10) });
    cluster.addMember("node2", { url: "http://localhost:8580", loadfactor: 5, retry: seconds(10) });
    cluster.addStandby("node3", { url: "http://localhost:8480", retry: seconds(10) });
    cluster.promise(
      Promises.alwaysServed(),
      Promises.failbackWithin(seconds(15)),
      Promises.share("node2", { about: 5 / 6 }),
    );

    this.web = new HttpdServer(this, "web", { listen: [80], layout: HttpdLayout.debian() });
    this.web.mount("/", cluster);
    this.web.deployTo(target);
  }
}
