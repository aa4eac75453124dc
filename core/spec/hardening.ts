import { text } from "../shape/plain.js";
import { record } from "../shape/record.js";
import type { Field } from "../shape/record.js";
import { defined } from "../shape/shape.js";
import type { Shape } from "../shape/shape.js";
import { HARDENING } from "../vocabulary/hardening.js";
import type { HardeningChoices, HardeningEntry, HardeningOff } from "../vocabulary/hardening.js";

const OFF: Shape<HardeningOff> = defined(
  "hardeningOff",
  record(
    { off: { doc: "Why it is left as httpd has it.", shape: text({ filled: true }), required: true } },
    { doc: "A directive that is left as httpd has it." },
  ),
);

const ROWS: readonly (readonly [string, Field<HardeningOff>])[] = Object.entries<HardeningEntry>(HARDENING).map(
  ([name, { directive, doc }]) => [name, { doc: `${directive}: ${doc}.`, shape: OFF }],
);

/** What of the hardening of a server is left out, each directive with its reason. */
export const HARDENING_CHOICES: Field<HardeningChoices> = {
  doc: "Directives that close what httpd leaves open; all are written, but for those that are off for a reason.",
  shape: record<Readonly<Record<string, Field<HardeningOff>>>>(
    { all: { doc: "All of them.", shape: OFF }, ...Object.fromEntries(ROWS) },
    { doc: "Hardening that is left out." },
  ),
};
