import { acquireMax } from "./acquire-max.js";
import { ajpPing } from "./ajp-ping.js";
import { balancerTimeoutLevel } from "./balancer-timeout-level.js";
import { balancerinheritAlone } from "./balancerinherit-alone.js";
import { clusterFallback } from "./cluster-fallback.js";
import { clusterInService } from "./cluster-in-service.js";
import { clusterMounted } from "./cluster-mounted.js";
import { clusterSingleMember } from "./cluster-single-member.js";
import { clusterWithoutMembers } from "./cluster-without-members.js";
import { connectiontimeoutSet } from "./connectiontimeout-set.js";
import { connectiontimeoutSum } from "./connectiontimeout-sum.js";
import { failonstatusSeparator } from "./failonstatus-separator.js";
import { failontimeoutTimeout } from "./failontimeout-timeout.js";
import { failoverMaxattempts } from "./failover-maxattempts.js";
import { forcerecoveryRetry } from "./forcerecovery-retry.js";
import { hcintervalRetry } from "./hcinterval-retry.js";
import { ignoredErrorsFailover } from "./ignored-errors-failover.js";
import { memberRoute } from "./member-route.js";
import { memberUrlPort } from "./member-url-port.js";
import { memberUrlSlash } from "./member-url-slash.js";
import { mountCluster } from "./mount-cluster.js";
import { mountMatchTarget } from "./mount-match-target.js";
import { mountPathPattern } from "./mount-path-pattern.js";
import { mountReverse } from "./mount-reverse.js";
import { mountShadowed } from "./mount-shadowed.js";
import { mountSlashDoubled } from "./mount-slash-doubled.js";
import { mountSlashMissing } from "./mount-slash-missing.js";
import { mountUrlParameters } from "./mount-url-parameters.js";
import { nofailoverStandby } from "./nofailover-standby.js";
import { nofailoverStickysession } from "./nofailover-stickysession.js";
import { numberText } from "./number-text.js";
import { outOfServiceRecovery } from "./out-of-service-recovery.js";
import { parameterRepeated } from "./parameter-repeated.js";
import { poolSizes } from "./pool-sizes.js";
import { poolWithoutAcquire } from "./pool-without-acquire.js";
import { redirectStickysession } from "./redirect-stickysession.js";
import { redirectTarget } from "./redirect-target.js";
import { retryDefault } from "./retry-default.js";
import { retryZero } from "./retry-zero.js";
import { reverseTarget } from "./reverse-target.js";
import { rollingRestartMaxattempts } from "./rolling-restart-maxattempts.js";
import { routeCharacters } from "./route-characters.js";
import { routeDuplicate } from "./route-duplicate.js";
import { routeStickysession } from "./route-stickysession.js";
import { scolonpathdelimJsessionid } from "./scolonpathdelim-jsessionid.js";
import { secondsUnit } from "./seconds-unit.js";
import { spareStandbyStatus } from "./spare-standby-status.js";
import { spareWithoutActive } from "./spare-without-active.js";
import { standbyLbset } from "./standby-lbset.js";
import { standbyMaxattempts } from "./standby-maxattempts.js";
import { standbyRoute } from "./standby-route.js";
import { standbySameHost } from "./standby-same-host.js";
import { standbyWithoutActive } from "./standby-without-active.js";
import { statusInternalLetters } from "./status-internal-letters.js";
import { stickysessionName } from "./stickysession-name.js";
import { stickysessionRoutes } from "./stickysession-routes.js";
import { stickysessionShortName } from "./stickysession-short-name.js";
import { stickysessionUrlName } from "./stickysession-url-name.js";
import type { Rule } from "../rule.js";

/** Every rule, in the order of their ids: one line a file of this folder. */
export const RULES: readonly Rule[] = [
  acquireMax,
  ajpPing,
  balancerTimeoutLevel,
  balancerinheritAlone,
  clusterFallback,
  clusterInService,
  clusterMounted,
  clusterSingleMember,
  clusterWithoutMembers,
  connectiontimeoutSet,
  connectiontimeoutSum,
  failonstatusSeparator,
  failontimeoutTimeout,
  failoverMaxattempts,
  forcerecoveryRetry,
  hcintervalRetry,
  ignoredErrorsFailover,
  memberRoute,
  memberUrlPort,
  memberUrlSlash,
  mountCluster,
  mountMatchTarget,
  mountPathPattern,
  mountReverse,
  mountShadowed,
  mountSlashDoubled,
  mountSlashMissing,
  mountUrlParameters,
  nofailoverStandby,
  nofailoverStickysession,
  numberText,
  outOfServiceRecovery,
  parameterRepeated,
  poolSizes,
  poolWithoutAcquire,
  redirectStickysession,
  redirectTarget,
  retryDefault,
  retryZero,
  reverseTarget,
  rollingRestartMaxattempts,
  routeCharacters,
  routeDuplicate,
  routeStickysession,
  scolonpathdelimJsessionid,
  secondsUnit,
  spareStandbyStatus,
  spareWithoutActive,
  standbyLbset,
  standbyMaxattempts,
  standbyRoute,
  standbySameHost,
  standbyWithoutActive,
  statusInternalLetters,
  stickysessionName,
  stickysessionRoutes,
  stickysessionShortName,
  stickysessionUrlName,
];

/** The ids of all rules. */
export const RULE_IDS: readonly string[] = RULES.map(({ id }) => id);

/** True for the id of a rule. */
export function isRuleId(id: string): boolean {
  return RULE_IDS.includes(id);
}
