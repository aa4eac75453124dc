import { formatDuration } from "../core/vocabulary/duration.js";
import type { Step } from "../core/scenario/scenario.js";

/** A step in a few words: `stop node1, node2`, `24 requests of /`. */
export function stepText(step: Step): string {
  if ("request" in step) {
    const { count = 1, path = "/", cookies, host } = step.request;
    const names = Object.keys(cookies ?? {});
    const carrying = names.length === 0 ? "" : ` with cookie ${names.join(", ")}`;
    return `${count} ${count === 1 ? "request" : "requests"} of ${host ?? ""}${path}${carrying}`;
  }
  if ("stop" in step) return `stop ${step.stop.join(", ")}`;
  if ("start" in step) return `start ${step.start.join(", ")}`;
  if ("wait" in step) return `wait ${formatDuration(step.wait)}`;
  if ("respond" in step) return `respond ${wordsOf(step.respond)}`;
  if ("set" in step) return `set ${wordsOf(step.set)}`;
  return `reload ${step.reload}`;
}

function wordsOf(values: object): string {
  return Object.entries(values)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(" ");
}
