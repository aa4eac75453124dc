import { candidatesOf, PLAIN } from "../elect.js";
import type { LbMethodModel } from "./lbmethod.js";

// Constants of this module, because a look into another one costs as much as the rest of the loop.
const { mask: MASK, bits: USABLE_ACTIVE } = PLAIN;

/**
 * `mod_lbmethod_byrequests.c`: every candidate is credited its load factor, the one with the highest credit serves and
 * pays for all. Ties go to the earlier candidate. 32-bit integers, as in C.
 *
 * As in httpd the credit is given during the walk: members in front that are candidates whatever comes behind them are
 * credited at once, and the walk of the others is asked for only where there are others.
 */
export const byrequests: LbMethodModel = {
  find(state, chance) {
    const { candidates, lbfactor, lbset, lbstatus, status } = state;
    let best = -1;
    let credit = 0;
    let total = 0;
    let count = status.length;
    let walked = false;
    for (let place = 0; place < count; place++) {
      if (!walked) {
        if (lbset[place] === 0 && ((status[place] as number) & MASK) === USABLE_ACTIVE) candidates[place] = place;
        else {
          walked = true;
          count = candidatesOf(state, chance);
          if (place >= count) break;
        }
      }
      const member = walked ? (candidates[place] as number) : place;
      const factor = lbfactor[member] as number;
      const credited = ((lbstatus[member] as number) + factor) | 0;
      lbstatus[member] = credited;
      total = (total + factor) | 0;
      if (best === -1 || credited > credit) {
        best = member;
        credit = credited;
      }
    }
    state.candidateCount = count;
    if (best !== -1) lbstatus[best] = credit - total;
    return best;
  },
  reset(state) {
    state.lbstatus.fill(0);
  },
};
