import fc from "fast-check";
import { layouts, requests } from "../../test/core/route/generate.js";
import { Rig } from "../../test/core/route/rig.js";
import { differing, shrunken } from "../../test/core/route/shrink.js";
import type { Attacked, Find } from "./attack.js";

/** Cases that are drawn at once: each draw begins with a seed of its own. */
const DRAWN = 20;

/** The way of requests through configurations of all kinds of lines, beside a real httpd. */
export async function attackWays(seed: number, until: number): Promise<Attacked> {
  const rig = await Rig.open();
  const finds: Find[] = [];
  let [configurations, asked, unjudged] = [0, 0, 0];
  try {
    for (let place = 0; Date.now() < until; place++) {
      const [layout, wanted] = fc.sample(fc.tuple(layouts, requests), {
        numRuns: DRAWN,
        seed: seed + Math.floor(place / DRAWN),
      })[place % DRAWN] as readonly [Parameters<typeof shrunken>[1], Parameters<typeof differing>[2]];
      const compared = await rig.play(layout, wanted);
      configurations++;
      asked += compared.length;
      unjudged += compared.filter(({ way }) => !way.judged).length;
      const wrong = compared.find(({ way, model, real }) => way.judged && model !== real);
      if (wrong === undefined) continue;
      const { request } = wrong;
      const small = await shrunken(rig, layout, request);
      const { real, model } = (await differing(rig, small, [request])) ?? wrong;
      finds.push({ place, fixture: { layout: small, request, real, model } });
    }
  } finally {
    await rig.close();
  }
  return { counts: new Map(Object.entries({ configurations, requests: asked, "not judged": unjudged })), finds };
}
