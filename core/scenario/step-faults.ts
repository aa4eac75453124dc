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

/** Most requests of a step that are played one by one, as each depends on the one before. */
const MOST_DEPENDENT = 100_000;

/** Jars, kept connections and several clients make each request depend on those before. */
export function requestFaults(json: JsonValue, place: JsonPlace): readonly Problem[] {
  const { count, clients, jar, keepalive } = recordOf(json);
  if (recordOf(recordOf(json)["expect"]).session !== undefined && (jar !== true || clients !== undefined)) {
    return [
      {
        at: `${pointerTo(place)}/expect/session`,
        subject: subjectAt(place),
        found: clients === undefined ? "requests without a jar" : "several clients",
        allowed: "one client that keeps its cookies",
        fix: clients === undefined ? "set jar: true" : "leave 'clients' out and set jar: true",
      },
    ];
  }
  const word = clients !== undefined ? "clients" : jar === true ? "jar" : keepalive === true ? "keepalive" : undefined;
  if (word === undefined || typeof count !== "number" || count <= MOST_DEPENDENT) return [];
  return [
    {
      at: `${pointerTo(place)}${pointerStep("count")}`,
      subject: subjectAt(place),
      found: `${count} requests with '${word}'`,
      allowed: `at most ${MOST_DEPENDENT} requests`,
      fix: `take fewer, or leave '${word}' out`,
    },
  ];
}

/** A member answers or fails, one of the two. */
export function respondFaults(json: JsonValue, place: JsonPlace): readonly Problem[] {
  const { status, body, delay, failure } = recordOf(json);
  const answers = status !== undefined || body !== undefined || delay !== undefined;
  if (answers !== (failure !== undefined)) return [];
  return [
    {
      at: pointerTo(place),
      subject: subjectAt(place),
      found: answers ? "an answer and a failure" : "neither an answer nor a failure",
      allowed: "status, body and delay, or failure",
      fix: "say what the member does",
    },
  ];
}
