import { pointerTo, subjectAt } from "../shape/json-place.js";
import type { JsonPlace } from "../shape/json-place.js";
import { recordOf } from "../vocabulary/json.js";
import type { JsonValue } from "../vocabulary/json.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { Problem } from "../vocabulary/problem.js";

/** What balancer-manager can change of a member. */
const MEMBER_SETTINGS: readonly string[] = ["status", "loadfactor", "lbset", "route", "redirect"];

/** What balancer-manager can change of a balancer. */
export const BALANCER_SETTINGS: readonly string[] = [
  "lbmethod",
  "maxattempts",
  "timeout",
  "nofailover",
  "stickysession",
];

/** A live change needs something to change, and each setting has its owner. */
export function setFaults(json: JsonValue, place: JsonPlace): readonly Problem[] {
  const given = Object.keys(recordOf(json));
  const ofMember = given.includes("member");
  const right = ofMember ? MEMBER_SETTINGS : BALANCER_SETTINGS;
  const wrong = ofMember ? BALANCER_SETTINGS : MEMBER_SETTINGS;
  const at = pointerTo(place);
  const subject = subjectAt(place);
  const allowed = right.join(", ");
  const misplaced = given.filter((key) => wrong.includes(key));
  if (misplaced.length > 0) {
    const fix = ofMember ? "leave 'member' out to change the balancer" : "name the member with 'member'";
    const what = ofMember ? "a member" : "a balancer";
    return misplaced.map((key) => ({
      at: `${at}${pointerStep(key)}`,
      subject,
      found: `'${key}' for ${what}`,
      allowed,
      fix,
    }));
  }
  if (given.some((key) => right.includes(key))) return [];
  return [{ at, subject, found: "nothing to change", allowed, fix: "say what to change" }];
}

/** A member answers or fails, one of the two. */
export function respondFaults(json: JsonValue, place: JsonPlace): readonly Problem[] {
  const { status, body, failure } = recordOf(json);
  const answers = status !== undefined || body !== undefined;
  if (answers !== (failure !== undefined)) return [];
  return [
    {
      at: pointerTo(place),
      subject: subjectAt(place),
      found: answers ? "an answer and a failure" : "neither an answer nor a failure",
      allowed: "status and body, or failure",
      fix: "say what the member does",
    },
  ];
}
