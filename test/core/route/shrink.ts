import type { WayRequest } from "../../../core/route/request.js";
import type { Compared, Layout, Rig } from "./rig.js";

/** The first request of a configuration to which httpd answers something else than the way that is judged says. */
export async function differing(
  rig: Rig,
  layout: Layout,
  requests: readonly WayRequest[],
): Promise<Compared | undefined> {
  try {
    const compared = await rig.play(layout, requests);
    return compared.find(({ way, model, real }) => way.judged && model !== real);
  } catch {
    // What httpd refuses to start with differs in nothing.
    return undefined;
  }
}

/** Leaves out hosts and lines one by one, as long as the answer to the request goes on to differ. */
export async function shrunken(rig: Rig, layout: Layout, request: WayRequest): Promise<Layout> {
  for (const smaller of smallerThan(layout)) {
    if ((await differing(rig, smaller, [request])) !== undefined) return shrunken(rig, smaller, request);
  }
  return layout;
}

function smallerThan({ main, hosts }: Layout): readonly Layout[] {
  const without = hosts.map((_, index) => ({ main, hosts: hosts.toSpliced(index, 1) }));
  const lines = lessOf(main).map((fewer) => ({ main: fewer, hosts }));
  const inside = hosts.flatMap((host, index) =>
    lessOf(host.lines).map((fewer) => ({ main, hosts: hosts.with(index, { ...host, lines: fewer }) })),
  );
  return [...without, ...lines, ...inside];
}

/** Without one of the pieces, and without one line of a piece of several: a section keeps its first and last. */
function lessOf(pieces: readonly string[]): readonly (readonly string[])[] {
  const without = pieces.map((_, index) => pieces.toSpliced(index, 1));
  const thinner = pieces.flatMap((piece, index) => {
    const lines = piece.split("\n");
    return lines.length < 2 ? [] : lines.map((_, at) => pieces.with(index, lines.toSpliced(at, 1).join("\n")));
  });
  return [...without, ...thinner];
}
