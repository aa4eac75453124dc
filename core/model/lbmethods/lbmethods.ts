import type { LbMethodName } from "../../vocabulary/lbmethods.js";
import { bybusyness } from "./bybusyness.js";
import { byrequests } from "./byrequests.js";
import { bytraffic } from "./bytraffic.js";
import { heartbeat } from "./heartbeat.js";
import type { LbMethodModel } from "./lbmethod.js";

/** Every load-balancing method of httpd, in the model. */
export const LB_METHOD_MODELS = {
  byrequests,
  bytraffic,
  bybusyness,
  heartbeat,
} as const satisfies Record<LbMethodName, LbMethodModel>;
