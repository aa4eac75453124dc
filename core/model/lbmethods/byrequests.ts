import { candidatesOf } from "../elect.js";
import type { LbMethod } from "./lbmethod.js";

/**
 * `mod_lbmethod_byrequests.c`: every candidate is credited its load factor, the one with the highest credit serves and
 * pays for all. Ties go to the earlier candidate. 32-bit integers, as in C.
 */
export const byrequests: LbMethod = {
  find(state, chance) {
    const count = candidatesOf(state, chance);
    if (count === 0) return -1;
    const { candidates, lbstatus, lbfactor } = state;
    let best = -1;
    let bestStatus = 0;
    let total = 0;
    for (let place = 0; place < count; place++) {
      const member = candidates[place] as number;
      const factor = lbfactor[member] as number;
      const status = ((lbstatus[member] as number) + factor) | 0;
      lbstatus[member] = status;
      total = (total + factor) | 0;
      if (best === -1 || status > bestStatus) {
        best = member;
        bestStatus = status;
      }
    }
    lbstatus[best] = bestStatus - total;
    return best;
  },
  reset(state) {
    state.lbstatus.fill(0);
  },
};
