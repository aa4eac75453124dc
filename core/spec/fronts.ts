import { listOf } from "../shape/collections.js";
import { shorthand } from "../shape/either.js";
import { text, whole } from "../shape/plain.js";
import { record } from "../shape/record.js";
import type { Shape } from "../shape/shape.js";
import { MOST_FRONTS } from "../topology/fronts.js";
import type { Fronts } from "../topology/topology.js";
import { requestsPerSecond } from "./requests-per-second.js";

/** How many httpd run a configuration: their number alone, or with their zones and what one can serve. */
export const FRONTS: Shape<Fronts> = shorthand(
  record(
    {
      count: { doc: "How many there are. Default: as many as zones.", shape: whole(1, MOST_FRONTS) },
      zones: { doc: "The failure zone of each: [a, a, b] for two in a and one in b.", shape: listOf(text()) },
      capacity: { doc: "Most requests per second one of them can serve, as measured.", shape: requestsPerSecond() },
    },
    { doc: "The httpd of this configuration: their number alone, or with zones and capacity." },
  ),
  "count",
  `a number of httpd from 1 to ${MOST_FRONTS}, or a mapping of count, zones and capacity`,
);
