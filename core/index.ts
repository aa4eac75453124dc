/**
 * The entry `cdktf-httpd-balancer/core`: questions to a description, without cdktf and without side effects. Each is a
 * function from a topology and options to a value.
 *
 * @packageDocumentation
 */
export { configtest } from "./api/configtest.js";
export type { ConfigTestVerdict, HttpdConfOptions } from "./api/configtest.js";
export { explain } from "./api/explain.js";
export type { ClusterExplanation, ExplainOptions } from "./api/explain.js";
export { lint, lintHttpdConf } from "./api/lint.js";
export type { LintFinding, LintOptions } from "./api/lint.js";
export { readHttpdConf } from "./api/read-httpd-conf.js";
export type { HttpdConfReading } from "./api/read-httpd-conf.js";
export type { SourcePlace } from "./vocabulary/place.js";
export type { ReadConf, ReadLine, Verdict } from "./conf/read/read-conf-result.js";
export type { ConfReader } from "./conf/run/reader.js";
export type { Preset } from "./lint/rule.js";
export type { Severity } from "./report/severity.js";
export { runScenario as simulate } from "./model/run.js";
export type { RunOptions } from "./model/run.js";
export type { Answer, Failure, Pick, StepCount, Trace } from "./model/trace.js";
export { jkPicks } from "./mod-jk/picks.js";
export type { JkPicks } from "./mod-jk/picks.js";
export { readProperties as readJkWorkers } from "./mod-jk/read-properties.js";
export type { JkProperty, ReadWorkers } from "./mod-jk/read-properties.js";
export { renderModJk } from "./mod-jk/render-mod-jk.js";
export type { JkBalancer, JkMember, JkMethod, JkSticky, JkWorkers } from "./mod-jk/workers.js";
export { checkPromises as prove } from "./promises/check.js";
export type { EffortOptions } from "./promises/always-served.js";
export type { CheckOptions, PromiseResult } from "./promises/check.js";
export type { Counterexample, ToldFinding, ToldMend } from "./promises/counterexample.js";
export { Promises } from "./promises/promise.js";
export type { ClusterPromise, PromiseId } from "./promises/promise.js";
export type { OperatorAction } from "./promises/search/classes.js";
export type { Proof } from "./promises/verdict.js";
export { fillText } from "./render/files.js";
export type { OutputFile } from "./render/files.js";
export { renderTopology as render } from "./render/render.js";
export type { Form, Rendered, Rendering } from "./render/render.js";
export { scenarioToJson } from "./scenario/scenario.js";
export type { Scenario, Step } from "./scenario/scenario.js";
export type { RequestStep, RespondStep, SetStep } from "./scenario/steps.js";
export { readScenarioText as readScenario } from "./scenario/read.js";
export type { ScenarioText } from "./scenario/read.js";
export { buildTopology } from "./topology/build.js";
export type { ClusterInput, MemberInput, ServerInput, TopologyInput, VirtualHostInput } from "./topology/build.js";
export { checkTopology as check } from "./check/topology.js";
export { diffTopologies as diff } from "./topology/diff.js";
export type { Change } from "./topology/diff.js";
export { readSpec } from "./spec/read-spec.js";
export type { LocateInSpec, SpecReading } from "./spec/read-spec.js";
export { copiesAfter } from "./topology/surviving-copies.js";
export type { SessionCopies } from "./topology/surviving-copies.js";
export type * from "./topology/topology.js";
export type { BalancerParameters } from "./vocabulary/balancer.js";
export { formatDuration, millis, minutes, parseDuration, seconds } from "./vocabulary/duration.js";
export type { Duration } from "./vocabulary/duration.js";
export type { HealthCheckParameters } from "./vocabulary/health-check.js";
export type { JsonValue } from "./vocabulary/json.js";
export { LAYOUTS } from "./vocabulary/layouts.js";
export type { Layout, LayoutName } from "./vocabulary/layouts.js";
export type { ModuleName } from "./vocabulary/modules.js";
export { ProblemError, problemText } from "./vocabulary/problem.js";
export type { Complaint, PlacedProblem, Pointer, Problem } from "./vocabulary/problem.js";
export type { ServerSettings } from "./vocabulary/settings.js";
export type { HttpdVersion } from "./vocabulary/versions.js";
export type { WorkerParameters } from "./vocabulary/worker.js";
