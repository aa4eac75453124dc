import { dirname } from "node:path";
import { findHttpd, releaseOf } from "../../live/program.js";
import type { HttpdProgram } from "../../live/program.js";
import { Dice, fragment } from "../../test/core/conf/run/configtest.fragments.js";
import { Oracle, ourVerdict } from "../../test/core/conf/run/configtest.oracle.js";
import type { Verdict } from "../certificate/verdict.js";
import type { Attacked, Find } from "./attack.js";
import { BINARIES } from "./binaries.js";

/** Fragments that one httpd judges before the next one has its turn. */
const TURN = 100;

/** What an httpd of another version said of a fragment, and this project did not. */
interface Difference {
  readonly httpd: string;
  readonly conf: string;
  readonly theirs: Verdict;
  readonly ours: Verdict;
}

/**
 * Fragments of configurations beside `httpd -t`: verdict, line and sentence. Of several httpds each judges a hundred in
 * its turn, and `configtest` answers for that one's version.
 */
export async function attackVerdicts(seed: number, until: number): Promise<Attacked> {
  const finds: Find[] = [];
  const counts = new Map<string, number>();
  const programs =
    BINARIES.length === 0 ? [findHttpd(process.env)] : BINARIES.map((path) => findHttpd({ HTTPD: path }));
  for (let first = 0; Date.now() < until; first += TURN) {
    const program = programs[(first / TURN) % programs.length];
    if (program === undefined) break;
    const httpd = releaseOf(program);
    if (httpd === undefined) throw new Error(`${program.path}: found version ${program.version}, which is no release`);
    const root = dirname(program.moduleFolder);
    const oracle = new Oracle(program.path, root, httpd, loadedFor(program));
    for (let place = first; place < first + TURN; place++) {
      const conf = fragment(new Dice(seed + place));
      if (/^LoadModule version_module/m.test(conf) && !program.builtIn.includes("version")) continue;
      const [theirs, ours] = [await oracle.verdict(conf), ourVerdict(conf, httpd, root)];
      const how = comparison(theirs, ours);
      counts.set(`${httpd} ${how}`, (counts.get(`${httpd} ${how}`) ?? 0) + 1);
      const difference: Difference = { httpd, conf, theirs, ours };
      if (how === "different") finds.push({ place, fixture: difference });
    }
    oracle.close();
  }
  return { counts, finds };
}

/** What distributions build into httpd, and who builds it by himself may load. */
function loadedFor({ builtIn }: HttpdProgram): readonly string[] {
  return (["log_config", "logio", "unixd", "version"] as const).filter((name) => !builtIn.includes(name));
}

function comparison(theirs: Verdict, ours: Verdict): "equal" | "not judged" | "different" {
  const same = theirs.ok === ours.ok && theirs.line === ours.line && theirs.message === ours.message;
  if (same) return "equal";
  return ours.judged === false ? "not judged" : "different";
}
