import type { SetStep } from "../../scenario/steps.js";
import type { MemberOperation } from "./member-operations.js";

/** Operations of other kinds. */
export const OTHER_OPERATIONS = {
  "shift-weights": "other load factors, in stages with a look between",
  add: "a member that is not in the description takes part until httpd starts anew",
  "set-balancer": "other parameters of the balancer",
  reload: "httpd reads its configuration again without losing live changes",
} as const;

/** What is to be done. */
export type Operation =
  | { readonly kind: MemberOperation; readonly members: readonly string[] }
  | {
      readonly kind: "shift-weights";
      readonly weights: Readonly<Record<string, number>>;
      /** Percent of the way, rising, before the whole of it. @default - at once */
      readonly stages?: readonly number[];
    }
  | { readonly kind: "add"; readonly url: string; readonly loadfactor?: number; readonly route?: string }
  | { readonly kind: "set-balancer"; readonly set: SetStep }
  | { readonly kind: "reload" };
