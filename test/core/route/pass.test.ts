import fc from "fast-check";
import { expect, it } from "vitest";
import { route } from "../../../core/route/route.js";
import { SEED } from "../../support/seed.js";
import { readText } from "../../support/conf-fixtures.js";

const piece = fc.constantFrom("/", "//", "/a", "/b", "/ab", "a");
const path = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => `/${pieces.join("")}`);
const mount = fc.record({
  from: path.chain((from) => fc.constantFrom(`ProxyPass ${from}`, `ProxyPass ${from}`, `ProxyPassMatch ^${from}$`)),
  excluded: fc.boolean(),
});

/** The URL; undefined where httpd answers itself. */
function urlOf(mounts: readonly string[], asked: string): string | undefined {
  const { topology } = readText(`${mounts.join("\n")}\n`);
  const [server] = topology.servers;
  if (server === undefined) throw new Error("no server");
  const { to } = route(topology, server, { port: 80 }, { path: asked });
  return to.kind === "proxy" ? to.url : undefined;
}

it("of many mounts the first one that takes a path by itself decides", () => {
  fc.assert(
    fc.property(fc.array(mount, { minLength: 16, maxLength: 24 }), path, (mounts, asked) => {
      const passes = mounts.map(({ from }, index) => `${from} http://10.0.0.${index + 1}:8080/x`);
      const first = passes.findIndex((pass) => urlOf([pass], asked) !== undefined);
      const all = passes.map((pass, index) => (mounts[index]?.excluded === true ? `${mounts[index].from} !` : pass));
      expect(urlOf(all, asked)).toBe(first === -1 ? undefined : urlOf(all.slice(first, first + 1), asked));
    }),
    { seed: SEED, numRuns: 100 },
  );
});
