import { entriesOf } from "../shape/collections.js";
import { text } from "../shape/plain.js";
import type { Field } from "../shape/record.js";
import type { Acknowledgement } from "../topology/topology.js";

/** What is accepted of a cluster or server. */
export const ACKNOWLEDGED: Field<readonly Acknowledgement[]> = {
  doc: "Findings and broken promises that are accepted: id and reason.",
  shape: entriesOf(text({ filled: true }), {
    allowed: "a mapping of ids to reasons",
    join: (id, reason): Acknowledgement => ({ id, reason }),
    split: ({ id, reason }) => [id, reason],
  }),
};
