import { candidatesOf } from "../elect.js";
import type { LbMethodModel } from "./lbmethod.js";

/**
 * `mod_lbmethod_bytraffic.c`: the candidate with the least traffic, bytes out and bytes in each divided by the load
 * factor in hundredths (before 2.4.28 by the whole factor) as integers; ties go to the earlier candidate. lbstatus is left alone.
 */
export const bytraffic: LbMethodModel = {
  find(state, chance) {
    const count = candidatesOf(state, chance);
    const { candidates, lbfactor, transferred, read, balancer } = state;
    const { factorUnit } = balancer.does;
    let best = -1;
    let least = 0;
    for (let place = 0; place < count; place++) {
      const member = candidates[place] as number;
      const factor = (lbfactor[member] as number) / factorUnit;
      const out = Math.floor((transferred[member] as number) / factor);
      const traffic = out + Math.floor((read[member] as number) / factor);
      if (best === -1 || traffic < least) {
        best = member;
        least = traffic;
      }
    }
    return best;
  },
  /** lbstatus stays as the method before left it (measured on httpd 2.4.71). */
  reset(state) {
    state.busy.fill(0);
    state.transferred.fill(0);
    state.read.fill(0);
  },
};
