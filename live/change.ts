import { lbfactorOf } from "../core/topology/effective.js";
import { readStatus } from "../core/vocabulary/status.js";
import type { SetStep } from "../core/scenario/steps.js";
import { postChange, readBalancers } from "./balancer-manager.js";
import { UnreadyError } from "./program.js";
import type { LiveBalancer, LiveWorker } from "../core/host/live-state.js";
import type { ManagerAddress, ManagerForm } from "./balancer-manager.js";

/** What a live change is aimed at. */
export interface ChangeTarget {
  readonly manager: ManagerAddress;
  /** @default - the one balancer-manager shows */
  readonly nonce?: string;
  readonly balancer: string;
  /** Index of the member in its cluster; absent for a change of the balancer. */
  readonly member?: number;
}

/**
 * Makes a change through balancer-manager and reads it back.
 *
 * @throws UnreadyError when httpd did not take the change; it answers 200 either way
 */
export async function makeChange(target: ChangeTarget, set: SetStep): Promise<void> {
  const { manager, member } = target;
  const before = await find(target);
  const { nonce = before.nonce ?? "" } = target;
  const worker = member === undefined ? undefined : before.workers[member];
  if (member !== undefined && worker === undefined) {
    throw new UnreadyError(`balancer ${target.balancer} has no member number ${member + 1} in balancer-manager`);
  }
  const aim = { balancer: before.name, nonce, ...(worker === undefined ? {} : { worker: worker.name }) };
  await postChange(manager, aim, changeForm(set));
  const after = await find(target);
  const now = member === undefined ? undefined : after.workers[member];
  const taken = now === undefined ? balancerTook(after, set) : workerTook(now, set, after.workers.length);
  if (!taken) throw new UnreadyError(`httpd ignored the change ${JSON.stringify(set)} of balancer ${target.balancer}`);
}

/** The form balancer-manager understands. */
export function changeForm(set: SetStep): ManagerForm {
  const { status, loadfactor, lbset, route, redirect, lbmethod, maxattempts, timeout, nofailover, stickysession } = set;
  const change = status === undefined ? undefined : readStatus(status);
  const letters = [
    ...[...(change?.set ?? [])].map((letter) => [`w_status_${letter}`, "1"]),
    ...[...(change?.clear ?? [])].map((letter) => [`w_status_${letter}`, "0"]),
  ];
  const fields = {
    w_lf: loadfactor,
    w_ls: lbset,
    w_wr: route,
    w_rr: redirect,
    b_lbm: lbmethod,
    b_max: maxattempts,
    b_tmo: timeout,
    b_sforce: nofailover === undefined ? undefined : Number(nofailover),
    b_ss: stickysession,
  };
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries([...given.map(([key, value]) => [key, String(value)]), ...letters]) as ManagerForm;
}

async function find({ manager, balancer }: ChangeTarget): Promise<LiveBalancer> {
  const balancers = await readBalancers(manager);
  const found = balancers.find(({ name }) => name.toLowerCase() === balancer.toLowerCase());
  if (found === undefined) throw new UnreadyError(`balancer-manager does not show balancer ${balancer}`);
  return found;
}

/** The load factor of a balancer's only member is put back to 1 by httpd (`recalc_factors`, mod_proxy_balancer.c). */
function workerTook(worker: LiveWorker, set: SetStep, members: number): boolean {
  const change = set.status === undefined ? undefined : readStatus(set.status);
  return (
    [...(change?.set ?? [])].every((letter) => worker.status.has(letter)) &&
    [...(change?.clear ?? [])].every((letter) => !worker.status.has(letter)) &&
    (set.loadfactor === undefined || members === 1 || worker.lbfactor === lbfactorOf(set.loadfactor)) &&
    (set.lbset === undefined || worker.lbset === set.lbset) &&
    (set.route === undefined || worker.route === set.route) &&
    (set.redirect === undefined || worker.redirect === set.redirect)
  );
}

/** A balancer of one member has no `maxattempts` that could be set; of a session's names only the cookie is shown. */
function balancerTook(balancer: LiveBalancer, set: SetStep): boolean {
  const { lbmethod, maxattempts, timeout, nofailover, stickysession = "" } = set;
  const cookie = stickysession === "-" ? "" : stickysession.split("|", 1)[0];
  return (
    (lbmethod === undefined || balancer.lbmethod === lbmethod) &&
    (maxattempts === undefined || balancer.maxattempts === undefined || balancer.maxattempts === maxattempts) &&
    (timeout === undefined || balancer.timeout === timeout) &&
    (nofailover === undefined || cookie === "" || balancer.nofailover === nofailover) &&
    (stickysession === "" || balancer.stickysession === cookie)
  );
}
