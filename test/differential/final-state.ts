import { bitsOf } from "../../core/model/bits.js";
import { synchronise } from "../../core/model/synchronise.js";
import type { BalancerState } from "../../core/model/state.js";
import type { World } from "../../core/model/world.js";
import type { LiveBalancer } from "../../core/host/live-state.js";
import type { Case } from "./generate.js";

/** What balancer-manager and the model can both tell of a member. */
interface MemberState {
  readonly lbstatus: number;
  readonly lbfactor: number;
  readonly lbset: number;
  readonly elected: number;
  readonly busy: number;
  readonly transferred: number;
  readonly read: number;
  readonly status: number;
}

/** How httpd's counters after a case differ from the model's; undefined when they do not, or when the case can race. */
export function finalDifference({ name, topology }: Case, world: World, live: LiveBalancer): string | undefined {
  const destination = world.destination({ path: `/${name}/` });
  if (destination.kind !== "balancer") throw new Error(`case ${name} is not mounted`);
  const uncertain = topology.clusters[0]!.members.some(
    ({ parameters }) => parameters.retry?.milliseconds === 0 || parameters.hcmethod !== undefined,
  );
  if (uncertain) return undefined;
  const { states } = destination.place;
  states.change((state) => {
    synchronise(state);
    return state;
  });
  const model = modelMembers(states.likeliest);
  const real = liveMembers(live);
  const at = real.findIndex((member, index) => JSON.stringify(member) !== JSON.stringify(model[index]));
  if (at === -1) return undefined;
  return `after the last request, member ${at}: model ${JSON.stringify(model[at])}, real ${JSON.stringify(real[at])}`;
}

function modelMembers(state: BalancerState): readonly MemberState[] {
  return state.balancer.members.map((_member, index) => ({
    lbstatus: state.lbstatus[index]!,
    lbfactor: state.lbfactor[index]!,
    lbset: state.lbset[index]!,
    elected: state.elected[index]!,
    busy: state.busy[index]!,
    transferred: state.transferred[index]!,
    read: state.read[index]!,
    status: state.status[index]!,
  }));
}

function liveMembers({ workers }: LiveBalancer): readonly MemberState[] {
  return workers.map(({ lbstatus, lbfactor, lbset, elected, busy, transferred, read, status }) => ({
    lbstatus,
    lbfactor,
    lbset,
    elected,
    busy,
    transferred,
    read,
    status: bitsOf(status),
  }));
}
