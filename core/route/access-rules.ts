import type { Pointer } from "../vocabulary/problem.js";
import type { Limited } from "./limited.js";
import type { RouteLine } from "./line.js";

/** A `Require` line, or lines in `<RequireAll>`, `<RequireAny>`, `<RequireNone>`. */
export type Requirement =
  | {
      readonly kind: "line";
      readonly at: Pointer;
      readonly provider: string;
      readonly words: readonly string[];
      readonly negated: boolean;
      readonly limited?: Limited;
    }
  | {
      readonly kind: "section";
      readonly op: "and" | "or";
      readonly negated?: boolean;
      readonly children: readonly Requirement[];
    };

/** `Allow` or `Deny`. */
export interface Host22 {
  readonly at: Pointer;
  readonly from: string;
  readonly limited?: Limited;
}

/** Order, Allow, Deny and Satisfy of mod_access_compat; a section that says one of them replaces all. */
export interface AccessOf22 {
  readonly orders: readonly { readonly order: Order22; readonly limited?: Limited }[];
  readonly allows: readonly Host22[];
  readonly denys: readonly Host22[];
  readonly satisfies: readonly { readonly any: boolean; readonly limited?: Limited }[];
}

/** The three orders of httpd 2.2. */
export type Order22 = "deny,allow" | "allow,deny" | "mutual-failure";

/** A section that says none of them. */
export const NOTHING_OF_22: AccessOf22 = { orders: [], allows: [], denys: [], satisfies: [] };

/** What `Order`, `Allow`, `Deny` and `Satisfy` add to a section. */
export function with22(
  before: AccessOf22 = NOTHING_OF_22,
  { name, words, at }: RouteLine,
  limited?: Limited,
): AccessOf22 {
  const about = limited === undefined ? {} : { limited };
  const hosts = words.slice(1).map((from): Host22 => ({ at, from, ...about }));
  switch (name) {
    case "allow":
      return { ...before, allows: [...before.allows, ...hosts] };
    case "deny":
      return { ...before, denys: [...before.denys, ...hosts] };
    case "satisfy":
      return { ...before, satisfies: [...before.satisfies, { any: words[0]?.toLowerCase() === "any", ...about }] };
    default:
      return { ...before, orders: [...before.orders, { order: words[0]?.toLowerCase() as Order22, ...about }] };
  }
}
