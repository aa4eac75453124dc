import { deployedDifferences } from "../../core/host/deployed-drift.js";
import type { DeployedDifference } from "../../core/host/deployed-drift.js";
import { driftOf } from "../../core/host/drift.js";
import { differenceText } from "../../core/host/difference.js";
import type { Difference } from "../../core/host/difference.js";
import type { Drift } from "../../core/host/drift.js";
import { liveSum } from "../../core/host/live-sum.js";
import type { LiveBalancer } from "../../core/host/live-state.js";
import { toColumns } from "../../core/report/columns.js";
import { jsonText } from "../../core/report/json-text.js";
import type { Topology } from "../../core/topology/topology.js";
import { meantText } from "../../core/vocabulary/meant-httpd.js";
import type { MeantHttpd } from "../../core/vocabulary/meant-httpd.js";
import { adoptionOf } from "../adopted-live.js";
import type { AdoptionAdvice } from "../adopted-live.js";
import type { Command } from "../command.js";
import { withConfOptions } from "../conf-options.js";
import { loadInput } from "../input.js";
import { CA_OPTION, liveBalancers, USER_OPTION } from "../live-balancers.js";
import { EXIT } from "../io.js";

/** `httpd-balancer drift`. */
export const command: Command = {
  configure: (command) =>
    withConfOptions(command)
      .argument("<input>", "httpd.conf, folder or spec: what was meant to run")
      .requiredOption("--manager <url>", "the front's balancer-manager, such as http://front1/balancer-manager")
      .option("--user <name>", USER_OPTION)
      .option("--ca <file>", CA_OPTION)
      .option(
        "--deployed <file>",
        "the httpd.conf that is on the front (- for standard input): compared as the third state",
      )
      .option("--adopt", "also say what to write so that the description is what runs: a patch for an httpd.conf")
      .option("--sum", "print the sum of what is live, for `reviewed` of an SshTarget, and compare nothing")
      .option("--json", "print one JSON document"),
  async run([input], options, io) {
    const read = loadInput(String(input), io, options);
    const { topology, meant } = read;
    const live = await liveBalancers(String(options["manager"]), options, io);
    if (options["sum"] === true) {
      io.stdout(sumText(topology, live, options["json"] === true));
      return EXIT.clean;
    }
    const drift = driftOf(topology, live);
    const { deployed } = options;
    const onHost = typeof deployed === "string" ? loadInput(deployed, io, options).topology : undefined;
    const differences = onHost === undefined ? drift.differences : deployedDifferences(topology, onHost, live);
    const found: FoundDrift = { ...drift, differences };
    const advice = options["adopt"] === true ? await adoptionOf(read, live, drift.differences) : undefined;
    if (options["json"] === true) io.stdout(driftJson(found, meant, advice));
    else {
      const text = driftText(onHost ?? topology, found, onHost !== undefined);
      io.stdout(`${text}${meantText(meant)}\n${advice === undefined ? "" : adviceText(advice)}`);
    }
    return differences.length === 0 ? EXIT.clean : EXIT.findings;
  },
};

/** Differences know what was deployed where that was given. */
interface FoundDrift extends Omit<Drift, "differences"> {
  readonly differences: readonly (Difference | DeployedDifference)[];
}

/** The contract of `drift --json`: a member is null for what is of the balancer itself. */
function driftJson(
  { differences, unseen, down }: FoundDrift,
  { version }: MeantHttpd,
  advice?: AdoptionAdvice,
): string {
  const rows = differences.map(({ cluster, member = null, what, declared, live, ...more }) => {
    return { cluster, member, what, declared, ...more, live };
  });
  return jsonText({ differences: rows, unseen, down, httpd: version, ...(advice && { adopt: advice }) });
}

/** Of the balancers that are described, in that order, as a deploy asks for them. */
function sumText({ clusters }: Topology, live: readonly LiveBalancer[], json: boolean): string {
  const described = clusters.flatMap(({ name }) => {
    const found = live.find((balancer) => balancer.name.toLowerCase() === name.toLowerCase());
    return found === undefined ? [] : [{ ...found, name }];
  });
  const sum = liveSum(described);
  return json ? jsonText({ sum }) : `${sum}\n`;
}

function adviceText({ patch, byHand }: AdoptionAdvice): string {
  if (patch === "" && byHand.length === 0) return "\nThere is nothing to adopt.\n";
  return [
    ...(patch === "" ? [] : ["\nTo adopt what runs:\n", patch]),
    ...(byHand.length === 0 ? [] : ["\nBy hand:\n", ...byHand.map((sentence) => `  ${sentence}\n`)]),
  ].join("");
}

function driftText(topology: Topology, { differences, unseen, down }: FoundDrift, three: boolean): string {
  const clusters = topology.clusters.length;
  const compared = `${clusters} balancer${clusters === 1 ? "" : "s"} compared`;
  const count = differences.length;
  const found = count === 0 ? "no difference" : `${count} difference${count === 1 ? "" : "s"}`;
  const persistent = topology.servers.some(({ settings }) => settings.balancerpersist === true);
  return [
    `${compared}: ${found}.`,
    ...(count === 0
      ? []
      : ["", ...toColumns([["", "", "declared", ...(three ? ["deployed"] : []), "live"], ...differences.map(row)])]),
    ...(down.length === 0 ? [] : ["", ...down.map(({ cluster, member, status }) => outOfUse(cluster, member, status))]),
    ...(unseen.length === 0 ? [] : ["", "Cannot be seen from outside:", ...unseen.map((sentence) => `  ${sentence}`)]),
    ...(count === 0 ? [] : ["", whatReloadsDo(persistent, three ? "deployed" : "declared")]),
    "",
  ].join("\n");
}

function row(difference: Difference | DeployedDifference): readonly string[] {
  const { cluster, member, what, declared, live } = difference;
  const states = "deployed" in difference ? [declared, difference.deployed, live] : [declared, live];
  return [member === undefined ? `balancer ${cluster}` : `${cluster} ${member}`, what, ...states.map(differenceText)];
}

function outOfUse(cluster: string, member: string, status: string): string {
  return `${member} of ${cluster} is out of use at the moment: ${status}.`;
}

/** With BalancerPersist httpd starts with what it knew, and what the file says of these members does not count. */
function whatReloadsDo(persistent: boolean, file: "deployed" | "declared"): string {
  if (persistent) return "BalancerPersist is On: a reload keeps the live values, and those of the file do not count.";
  return `A reload brings the ${file} values back: a drained member gets requests again.`;
}
