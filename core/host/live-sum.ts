import { sha256 } from "../topology/sha256.js";
import type { StatusLetter } from "../vocabulary/status.js";
import type { LiveBalancer, LiveWorker } from "./live-state.js";

/** Flags that a manager sets, in the order of `templates/live.sh`. */
const LETTERS: readonly StatusLetter[] = ["I", "N", "D", "S", "H", "R"];

/**
 * The sum of all values of these balancers that a manager can set, as the command of a prepared host makes it
 * (`live_rows` in `templates/live.sh`): what requests change, such as counters and errors, is no part of it.
 *
 * @param live - the balancers of the description, in its order
 */
export function liveSum(live: readonly LiveBalancer[]): string {
  return sha256(new TextEncoder().encode(liveRows(live)));
}

/** These values, a line each: balancer, member or `-`, key of the manager's form, value, with tabs between them. */
function liveRows(live: readonly LiveBalancer[]): string {
  const rows = live.flatMap((balancer) => [
    ...balancer.workers.flatMap((worker) => workerRows(balancer.name, worker)),
    ...balancerRows(balancer),
  ]);
  return rows.map((row) => `${row.join("\t")}\n`).join("");
}

type Row = readonly [balancer: string, place: string, key: string, value: string];

function balancerRows({ name, lbmethod, timeout, maxattempts, nofailover }: LiveBalancer): readonly Row[] {
  return [
    [name, "-", "b_lbm", lbmethod],
    [name, "-", "b_tmo", String(timeout)],
    [name, "-", "b_max", maxattempts === undefined ? "" : String(maxattempts)],
    [name, "-", "b_sforce", nofailover ? "1" : "0"],
  ];
}

function workerRows(balancer: string, worker: LiveWorker): readonly Row[] {
  const name = worker.name.replace(/^unix:[^|]*\|/, "");
  return [
    ...LETTERS.map((letter): Row => [balancer, name, `w_status_${letter}`, worker.status.has(letter) ? "1" : "0"]),
    [balancer, name, "w_lf", (worker.lbfactor / 100).toFixed(2)],
    [balancer, name, "w_ls", String(worker.lbset)],
    [balancer, name, "w_wr", worker.route],
    [balancer, name, "w_rr", worker.redirect],
  ];
}
