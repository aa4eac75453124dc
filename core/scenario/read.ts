import { pointerStep } from "../vocabulary/problem.js";
import type { Pointer, Problem } from "../vocabulary/problem.js";
import { shown } from "../vocabulary/shown.js";
import type { JsonValue } from "../vocabulary/json.js";
import { suggestion } from "../vocabulary/suggest.js";
import type { Scenario, Step } from "./scenario.js";
import { isMapping, refusal } from "./shape.js";
import type { Shaped } from "./shape.js";
import { BALANCER_SETTINGS, MEMBER_SETTINGS, STEPS } from "./steps.js";
import type { RespondStep, SetStep } from "./steps.js";

/** A scenario from JSON, or everything that is wrong with it; names of members are checked by `check.ts`. */
export function readScenario(json: JsonValue): Shaped<Scenario> {
  const place = { at: "", subject: "the scenario" } as const;
  if (!isMapping(json)) return refusal(json, place, "a mapping with 'steps'", "write steps: and a list below it");
  const stray = Object.keys(json).filter((key) => key !== "steps");
  const problems = stray.map((key) => keyProblem(pointerStep(key), place.subject, key, ["steps"]));
  const { steps } = json;
  if (!Array.isArray(steps)) {
    return { ok: false, problems: [...problems, ...refusal(steps ?? null, stepsPlace, "a list of steps").problems] };
  }
  const readings = (steps as readonly JsonValue[]).map(readStep);
  const wrong = [...problems, ...readings.flatMap((reading) => (reading.ok ? [] : reading.problems))];
  if (wrong.length > 0) return { ok: false, problems: wrong };
  return { ok: true, value: { steps: readings.flatMap((reading) => (reading.ok ? [reading.value] : [])) } };
}

const stepsPlace = { at: "/steps", subject: "'steps' of the scenario" } as const;

function readStep(json: JsonValue, index: number): Shaped<Step> {
  const at: Pointer = `/steps${pointerStep(index)}`;
  const subject = `step ${index + 1}`;
  const known = Object.keys(STEPS);
  if (!isMapping(json)) return refusal(json, { at, subject }, `a mapping with one of ${known.join(", ")}`);
  const [key, ...more] = Object.keys(json);
  if (key === undefined || more.length > 0) {
    return refusal(json, { at, subject }, `one of ${known.join(", ")}`, "make it one step with one key");
  }
  if (!Object.hasOwn(STEPS, key)) {
    return { ok: false, problems: [keyProblem(`${at}${pointerStep(key)}`, subject, key, known)] };
  }
  const { shape } = STEPS[key as keyof typeof STEPS];
  const place = { at: `${at}${pointerStep(key)}`, subject: `'${key}' of ${subject}` } as const;
  const reading: Shaped<unknown> = shape.read(json[key] ?? null, place);
  if (!reading.ok) return reading;
  const step = { [key]: reading.value } as unknown as Step;
  const problems = stepProblems(step, place.at, place.subject);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: step };
}

/** What a table of keys cannot say: keys that need or exclude each other. */
function stepProblems(step: Step, at: Pointer, subject: string): readonly Problem[] {
  if ("set" in step) return setProblems(step.set, at, subject);
  return "respond" in step ? respondProblems(step.respond, at, subject) : [];
}

function setProblems(set: SetStep, at: Pointer, subject: string): readonly Problem[] {
  const ofMember = set.member !== undefined;
  const right: readonly string[] = ofMember ? MEMBER_SETTINGS : BALANCER_SETTINGS;
  const wrong: readonly string[] = ofMember ? BALANCER_SETTINGS : MEMBER_SETTINGS;
  const given = Object.keys(set);
  const misplaced = given.filter((key) => wrong.includes(key));
  const what = ofMember ? "a member" : "a balancer";
  if (misplaced.length > 0) {
    const fix = ofMember ? "leave 'member' out to change the balancer" : "name the member with 'member'";
    return misplaced.map((key) => ({
      at: `${at}${pointerStep(key)}`,
      subject,
      found: `'${key}' for ${what}`,
      allowed: right.join(", "),
      fix,
    }));
  }
  if (given.some((key) => right.includes(key))) return [];
  return [{ at, subject, found: "nothing to change", allowed: right.join(", "), fix: "say what to change" }];
}

function respondProblems(respond: RespondStep, at: Pointer, subject: string): readonly Problem[] {
  const answers = respond.status !== undefined || respond.body !== undefined;
  if (answers !== (respond.failure !== undefined)) return [];
  const found = answers ? "an answer and a failure" : "neither an answer nor a failure";
  return [{ at, subject, found, allowed: "status and body, or failure", fix: "say what the member does" }];
}

function keyProblem(at: Pointer, subject: string, key: string, known: readonly string[]): Problem {
  return {
    at,
    subject: `key of ${subject}`,
    found: shown(key),
    allowed: known.join(", "),
    fix: suggestion(key, known),
  };
}
