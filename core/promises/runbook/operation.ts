import type { SetStep } from "../../scenario/steps.js";

/** Operations on members that are in the description, and what each is for. */
export const MEMBER_OPERATIONS = {
  drain: "no new requests, sessions end, then nobody reaches it and it is idle",
  "drain-and-stop": "the same, and its server is stopped",
  return: "a member that was taken out serves again",
  remove: "it is taken out for good; the line leaves the file afterwards",
  emergency: "nobody reaches it from this moment on; answers under way are finished",
  promote: "a standby or spare serves as an active member",
  "clear-error": "a member whose server works again need not wait for its retry time",
  "rolling-restart": "one after another is taken out, restarted and brought back",
} as const;

/** An operation on members. */
export type MemberOperation = keyof typeof MEMBER_OPERATIONS;

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
