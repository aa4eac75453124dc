import { jsonText } from "../core/report/json-text.js";
import type { MeantHttpd } from "../core/vocabulary/meant-httpd.js";
import type { Rehearsal } from "./rehearse.js";
import { rewiredText } from "./rewired-text.js";

/**
 * The rehearsal as one JSON document: `picks` as `simulate --json` has them, but of the real httpd, each with the
 * model's answer beside it. `rewired` has what was changed in the configuration so that it could be played, `added`
 * the lines around it, `httpd` what the program calls itself, and `meant` the version that was meant.
 */
export function rehearsalJson(rehearsal: Rehearsal, { version }: MeantHttpd): string {
  const { httpd, requests, agrees, timing, failures, rewired, added } = rehearsal;
  const picks = requests.map(({ step, sent, real, model, agrees: same }) => ({
    ...real,
    step,
    milliseconds: Math.round(sent),
    agrees: same,
    model: { member: model.member, status: model.status, ...(model.either && { either: model.either }) },
  }));
  const changes = rewired.map(({ place: { file, line }, about, directive, from, to }) => ({
    file,
    line,
    about,
    directive,
    from: rewiredText(from),
    to: rewiredText(to),
  }));
  return jsonText({ httpd, meant: version, agrees, timing, failures, rewired: changes, added, picks });
}
