import { millis } from "../core/vocabulary/duration.js";
import type { Scenario, Step } from "../core/scenario/scenario.js";
import { without } from "../core/vocabulary/without.js";

/** When things really happened, in milliseconds since the play began. */
export interface Timeline {
  /** One a step. */
  readonly steps: readonly number[];
  readonly requests: readonly { readonly sent: number; readonly answered: number }[];
}

/** httpd's timeouts are whole seconds: so much of a request's time passes in the model too. */
const TIMEOUT = 1_000;

/**
 * The scenario as it really went: the time that requests and changes took becomes waits, so that the model, in which
 * they take none unless a timeout runs out, sees httpd's clock. Expectations are left out.
 */
export function scenarioAsPlayed(scenario: Scenario, timeline: Timeline): Scenario {
  const steps: Step[] = [];
  let now = 0;
  let request = 0;
  const passUntil = (moment: number | undefined): void => {
    const whole = Math.round(moment ?? now);
    if (whole <= now) return;
    steps.push({ wait: millis(whole - now) });
    now = whole;
  };
  for (const [index, step] of scenario.steps.entries()) {
    passUntil(timeline.steps[index]);
    if ("wait" in step) continue;
    if (!("request" in step)) {
      steps.push(step);
      continue;
    }
    if ((step.request.clients ?? 1) > 1) {
      // Several clients are played together in the model too, which knows itself how long members take.
      steps.push({ request: without(step.request, "expect") });
      request += step.request.count ?? 1;
      now = Math.round(timeline.requests[request - 1]?.answered ?? now);
      continue;
    }
    const one = { request: { ...without(step.request, "every", "expect"), count: 1 } };
    for (let done = 0; done < (step.request.count ?? 1); done++) {
      const { sent = now, answered = now } = timeline.requests[request++] ?? {};
      passUntil(sent);
      steps.push(one);
      now += Math.floor((answered - sent) / TIMEOUT) * TIMEOUT;
    }
  }
  return { steps };
}
