import { failureHandled, isUnmeasured, protocolOf } from "../model/failures.js";
import type { Cluster } from "../topology/topology.js";
import { urlText } from "../scenario/nodes.js";

/** What becomes of requests that a member has when it dies. */
export interface CutRequests {
  /** Some member's are answered with an error, where another member is not asked for them. */
  readonly refused: boolean;
  /** The same befalls requests on connections that httpd has kept, where the member closes one as it is taken again. */
  readonly onKept: boolean;
}

/** Requests that members of a cluster would cut. */
export function cutRequests({ members }: Cluster): CutRequests {
  const refusing = members.filter(({ url }) => {
    const attempt = { once: false, kept: false, pinged: false };
    const protocol = protocolOf(urlText(url));
    return !isUnmeasured("closes", protocol) && failureHandled("closes", protocol, attempt).access === 502;
  });
  const onKept = refusing.some(
    ({ parameters: { disablereuse, enablereuse } }) => disablereuse !== true && enablereuse !== false,
  );
  return { refused: refusing.length > 0, onKept };
}
