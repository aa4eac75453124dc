import { candidatesOf } from "../elect.js";
import type { LbMethodModel } from "./lbmethod.js";

/**
 * `mod_lbmethod_bybusyness.c`: the candidate with the fewest requests under way, and among these the one byrequests
 * would take; the bookkeeping is that of byrequests.
 */
export const bybusyness: LbMethodModel = {
  find(state, chance) {
    const count = candidatesOf(state, chance);
    if (count === 0) return -1;
    const { candidates, lbstatus, lbfactor, busy } = state;
    let best = -1;
    let bestStatus = 0;
    let bestBusy = 0;
    let total = 0;
    for (let place = 0; place < count; place++) {
      const member = candidates[place] as number;
      const factor = lbfactor[member] as number;
      const status = ((lbstatus[member] as number) + factor) | 0;
      lbstatus[member] = status;
      total = (total + factor) | 0;
      const load = busy[member] as number;
      if (best === -1 || load < bestBusy || (load === bestBusy && status > bestStatus)) {
        best = member;
        bestStatus = status;
        bestBusy = load;
      }
    }
    lbstatus[best] = bestStatus - total;
    return best;
  },
  reset(state) {
    state.lbstatus.fill(0);
    state.busy.fill(0);
  },
};
