import { App } from "cdktf";
import type { DeployTarget, Site } from "../constructs/target.js";
import { TerraformData } from "../constructs/terraform-data.js";
import { ActivePassiveStack } from "./active-passive.js";

/** From the stack's folder to the script that starts and stops the demo. */
const DEMO = "node ../../../scripts/demo.mjs";

/** A real httpd with a small node in the place of each member, on a loopback address of this machine. */
const demoTarget: DeployTarget = {
  deploy({ scope, configuration }: Site): void {
    new TerraformData(scope, "demo", () => ({
      triggers: { configuration: configuration.now().shown },
      provisioners: [
        { type: "local-exec", command: `${DEMO} start` },
        { type: "local-exec", when: "destroy", command: `${DEMO} stop` },
      ],
    }));
  },
};

const app = new App({ stackTraces: false });
new ActivePassiveStack(app, "demo", demoTarget);
app.synth();
