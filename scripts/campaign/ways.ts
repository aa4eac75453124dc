import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { layouts, requests } from "../../test/core/route/generate.js";
import { packed, unpacked } from "../../test/core/route/packed.js";
import { Rig } from "../../test/core/route/rig.js";
import type { Compared, Layout } from "../../test/core/route/rig.js";
import { differing, shrunken } from "../../test/core/route/shrink.js";
import type { Attacked, Find } from "./attack.js";

/** Configurations that share an httpd, each on a port of its own: most of a play is waiting for httpd to start. */
const PACKED = 24;

/** Finds beyond which nobody looks on: most are then of one kind. */
const MOST_FINDS = 12;

/** The way of requests through configurations of all kinds of lines, beside a real httpd. */
export async function attackWays(seed: number, until: number): Promise<Attacked> {
  const rig = await Rig.open();
  const finds: Find[] = [];
  const count = { configurations: 0, refused: 0, requests: 0, "not judged": 0 };
  try {
    for (let draw = 0; Date.now() < until && finds.length < MOST_FINDS; draw++) {
      const cases = fc.sample(fc.tuple(layouts, requests), { numRuns: PACKED, seed: seed + draw });
      const layout = packed(cases.map(([one]) => one));
      const played = await rig
        .playPorts(
          layout,
          cases.map(([, asked]) => asked),
        )
        .catch(() => undefined);
      count[played === undefined ? "refused" : "configurations"] += cases.length;
      for (const [place, compared] of (played ?? []).entries()) {
        count.requests += compared.length;
        count["not judged"] += compared.filter(({ way }) => !way.judged).length;
        const wrong = compared.find(({ way, model, real }) => way.judged && model !== real);
        if (wrong === undefined || !(await differsAgain(rig, layout, place, wrong))) continue;
        const fixture = await small(rig, layout, place, wrong);
        // What is left of two finds may be one and the same.
        if (!finds.some((found) => isDeepStrictEqual(found.fixture, fixture)))
          finds.push({ place: draw * PACKED + place, fixture });
      }
    }
  } finally {
    await rig.close();
  }
  return { counts: new Map(Object.entries(count)), finds };
}

/** A request on a busy machine may fail by chance: it is asked once more, alone. */
async function differsAgain(rig: Rig, layout: Layout, place: number, { request }: Compared): Promise<boolean> {
  const again = await rig.playAt(layout, place, request);
  return again !== undefined && again.way.judged && again.model !== again.real;
}

/** As little as goes on to differ: without the other ports, where it differs without them. */
async function small(rig: Rig, layout: Layout, place: number, { request, real, model }: Compared): Promise<unknown> {
  const own = unpacked(layout, place);
  if ((await differing(rig, own, [request])) === undefined) return { layout, place, request, real, model };
  const shrunk = await shrunken(rig, own, request);
  const again = await differing(rig, shrunk, [request]);
  return { layout: shrunk, request, real: again?.real ?? real, model: again?.model ?? model };
}
