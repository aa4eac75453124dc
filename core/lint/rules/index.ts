import { accessCompat } from "./access-compat.js";
import { accessForwardedHeader } from "./access-forwarded-header.js";
import { acquireMax } from "./acquire-max.js";
import { ajpPing } from "./ajp-ping.js";
import { ajpSecret } from "./ajp-secret.js";
import { authzCoreModule } from "./authz-core-module.js";
import { backendPublicCleartext } from "./backend-public-cleartext.js";
import { balancerModule } from "./balancer-module.js";
import { balancerTimeoutLevel } from "./balancer-timeout-level.js";
import { balancerinheritAlone } from "./balancerinherit-alone.js";
import { balancerpersistFile } from "./balancerpersist-file.js";
import { bybusynessLoadfactor } from "./bybusyness-loadfactor.js";
import { clusterFallback } from "./cluster-fallback.js";
import { clusterInService } from "./cluster-in-service.js";
import { clusterMounted } from "./cluster-mounted.js";
import { clusterSingleMember } from "./cluster-single-member.js";
import { clusterSplit } from "./cluster-split.js";
import { clusterWithoutMembers } from "./cluster-without-members.js";
import { clustersRoutes } from "./clusters-routes.js";
import { connectiontimeoutSet } from "./connectiontimeout-set.js";
import { connectiontimeoutSum } from "./connectiontimeout-sum.js";
import { failonstatusClientCodes } from "./failonstatus-client-codes.js";
import { failonstatusSeparator } from "./failonstatus-separator.js";
import { failontimeoutTimeout } from "./failontimeout-timeout.js";
import { failoverMaxattempts } from "./failover-maxattempts.js";
import { forcerecoveryRetry } from "./forcerecovery-retry.js";
import { forwardProxy } from "./forward-proxy.js";
import { growthPersist } from "./growth-persist.js";
import { hcexprStatus } from "./hcexpr-status.js";
import { hcintervalRetry } from "./hcinterval-retry.js";
import { hcmethodTcp } from "./hcmethod-tcp.js";
import { hctemplateOrder } from "./hctemplate-order.js";
import { hcuriSet } from "./hcuri-set.js";
import { hcuriSlash } from "./hcuri-slash.js";
import { healthCheckPartial } from "./health-check-partial.js";
import { healthCheckSet } from "./health-check-set.js";
import { heartbeatHosts } from "./heartbeat-hosts.js";
import { heartbeatParameters } from "./heartbeat-parameters.js";
import { ignoredErrorsFailover } from "./ignored-errors-failover.js";
import { lbmethodModule } from "./lbmethod-module.js";
import { loadfactorPrecision } from "./loadfactor-precision.js";
import { managerAccess } from "./manager-access.js";
import { managerShadowed } from "./manager-shadowed.js";
import { memberRoute } from "./member-route.js";
import { memberUrlCredentials } from "./member-url-credentials.js";
import { memberUrlPort } from "./member-url-port.js";
import { memberUrlShared } from "./member-url-shared.js";
import { memberUrlSlash } from "./member-url-slash.js";
import { mountCluster } from "./mount-cluster.js";
import { mountMatchTarget } from "./mount-match-target.js";
import { mountNocanon } from "./mount-nocanon.js";
import { mountNoquery } from "./mount-noquery.js";
import { mountPathPattern } from "./mount-path-pattern.js";
import { mountReverse } from "./mount-reverse.js";
import { mountShadowed } from "./mount-shadowed.js";
import { mountSlashDoubled } from "./mount-slash-doubled.js";
import { mountSlashMissing } from "./mount-slash-missing.js";
import { mountUrlParameters } from "./mount-url-parameters.js";
import { mountUrlShared } from "./mount-url-shared.js";
import { namevirtualhost } from "./namevirtualhost.js";
import { nofailoverStandby } from "./nofailover-standby.js";
import { nofailoverStickysession } from "./nofailover-stickysession.js";
import { nonceFixed } from "./nonce-fixed.js";
import { nonceNone } from "./nonce-none.js";
import { numberText } from "./number-text.js";
import { outOfServiceRecovery } from "./out-of-service-recovery.js";
import { parameterRepeated } from "./parameter-repeated.js";
import { poolSizes } from "./pool-sizes.js";
import { poolWithoutAcquire } from "./pool-without-acquire.js";
import { proxiedHost } from "./proxied-host.js";
import { proxysetWorker } from "./proxyset-worker.js";
import { quoteClosed } from "./quote-closed.js";
import { redirectStickysession } from "./redirect-stickysession.js";
import { redirectTarget } from "./redirect-target.js";
import { remoteipTrust } from "./remoteip-trust.js";
import { retryDefault } from "./retry-default.js";
import { retryZero } from "./retry-zero.js";
import { reverseSlash } from "./reverse-slash.js";
import { reverseTarget } from "./reverse-target.js";
import { rollingRestartMaxattempts } from "./rolling-restart-maxattempts.js";
import { routeCharacters } from "./route-characters.js";
import { routeCookieFlags } from "./route-cookie-flags.js";
import { routeCookieSeparator } from "./route-cookie-separator.js";
import { routeCookieSet } from "./route-cookie-set.js";
import { routeDuplicate } from "./route-duplicate.js";
import { routeStickysession } from "./route-stickysession.js";
import { schemeModule } from "./scheme-module.js";
import { scolonpathdelimJsessionid } from "./scolonpathdelim-jsessionid.js";
import { secondsUnit } from "./seconds-unit.js";
import { secretInFile } from "./secret-in-file.js";
import { slotmemModule } from "./slotmem-module.js";
import { spareStandbyStatus } from "./spare-standby-status.js";
import { spareWithoutActive } from "./spare-without-active.js";
import { standbyLbset } from "./standby-lbset.js";
import { standbyLoadfactor } from "./standby-loadfactor.js";
import { standbyMaxattempts } from "./standby-maxattempts.js";
import { standbyRoute } from "./standby-route.js";
import { standbySameHost } from "./standby-same-host.js";
import { standbyWithoutActive } from "./standby-without-active.js";
import { statusAccess } from "./status-access.js";
import { statusInternalLetters } from "./status-internal-letters.js";
import { stickysessionAffinity } from "./stickysession-affinity.js";
import { stickysessionName } from "./stickysession-name.js";
import { stickysessionRoutes } from "./stickysession-routes.js";
import { stickysessionShortName } from "./stickysession-short-name.js";
import { stickysessionUrlName } from "./stickysession-url-name.js";
import { tlsBackendEngine } from "./tls-backend-engine.js";
import { tlsBackendNames } from "./tls-backend-names.js";
import { tlsBackendVerify } from "./tls-backend-verify.js";
import { vhostMemberDropped } from "./vhost-member-dropped.js";
import type { Rule } from "../rule.js";

/** Every rule, in the order of their ids: one line a file of this folder. */
export const RULES: readonly Rule[] = [
  accessCompat,
  accessForwardedHeader,
  acquireMax,
  ajpPing,
  ajpSecret,
  authzCoreModule,
  backendPublicCleartext,
  balancerModule,
  balancerTimeoutLevel,
  balancerinheritAlone,
  balancerpersistFile,
  bybusynessLoadfactor,
  clusterFallback,
  clusterInService,
  clusterMounted,
  clusterSingleMember,
  clusterSplit,
  clusterWithoutMembers,
  clustersRoutes,
  connectiontimeoutSet,
  connectiontimeoutSum,
  failonstatusClientCodes,
  failonstatusSeparator,
  failontimeoutTimeout,
  failoverMaxattempts,
  forcerecoveryRetry,
  forwardProxy,
  growthPersist,
  hcexprStatus,
  hcintervalRetry,
  hcmethodTcp,
  hctemplateOrder,
  hcuriSet,
  hcuriSlash,
  healthCheckPartial,
  healthCheckSet,
  heartbeatHosts,
  heartbeatParameters,
  ignoredErrorsFailover,
  lbmethodModule,
  loadfactorPrecision,
  managerAccess,
  managerShadowed,
  memberRoute,
  memberUrlCredentials,
  memberUrlPort,
  memberUrlShared,
  memberUrlSlash,
  mountCluster,
  mountMatchTarget,
  mountNocanon,
  mountNoquery,
  mountPathPattern,
  mountReverse,
  mountShadowed,
  mountSlashDoubled,
  mountSlashMissing,
  mountUrlParameters,
  mountUrlShared,
  namevirtualhost,
  nofailoverStandby,
  nofailoverStickysession,
  nonceFixed,
  nonceNone,
  numberText,
  outOfServiceRecovery,
  parameterRepeated,
  poolSizes,
  poolWithoutAcquire,
  proxiedHost,
  proxysetWorker,
  quoteClosed,
  redirectStickysession,
  redirectTarget,
  remoteipTrust,
  retryDefault,
  retryZero,
  reverseSlash,
  reverseTarget,
  rollingRestartMaxattempts,
  routeCharacters,
  routeCookieFlags,
  routeCookieSeparator,
  routeCookieSet,
  routeDuplicate,
  routeStickysession,
  schemeModule,
  scolonpathdelimJsessionid,
  secondsUnit,
  secretInFile,
  slotmemModule,
  spareStandbyStatus,
  spareWithoutActive,
  standbyLbset,
  standbyLoadfactor,
  standbyMaxattempts,
  standbyRoute,
  standbySameHost,
  standbyWithoutActive,
  statusAccess,
  statusInternalLetters,
  stickysessionAffinity,
  stickysessionName,
  stickysessionRoutes,
  stickysessionShortName,
  stickysessionUrlName,
  tlsBackendEngine,
  tlsBackendNames,
  tlsBackendVerify,
  vhostMemberDropped,
];

/** The ids of all rules. */
export const RULE_IDS: readonly string[] = RULES.map(({ id }) => id);

/** True for the id of a rule. */
export function isRuleId(id: string): boolean {
  return RULE_IDS.includes(id);
}
