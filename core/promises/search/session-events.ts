import type { SearchLayout } from "./layout.js";
import type { SearchEvent } from "./machine.js";

/** A request with a session of a member; of a member without a route, one without. */
export function sessionRequest(layout: SearchLayout, member: number): SearchEvent {
  const route = layout.sticky ? (layout.members[member]?.route ?? "") : "";
  return route === "" ? { kind: "request" } : { kind: "request", route };
}

/** The same happens to each of some members. */
export function toggles(kind: "stop" | "start", members: readonly number[]): readonly SearchEvent[] {
  return members.map((member) => ({ kind, member }));
}

/** Members that are down after some events. */
export function downsAfter(events: readonly SearchEvent[]): readonly number[] {
  const downs = new Set<number>();
  for (const event of events) {
    if (event.kind === "stop") downs.add(event.member);
    if (event.kind === "start") downs.delete(event.member);
  }
  return [...downs];
}
