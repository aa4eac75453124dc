import type { SourcePlace } from "../vocabulary/place.js";
import type { Pointer } from "../vocabulary/problem.js";

/** Part of the topology, or a place in an httpd.conf. */
export type RepairPlace = Pointer | SourcePlace;

/** A mechanical repair, as data: what has to be different, not which bytes. */
export type Repair =
  /** A parameter of a member or cluster gets this text as its value, or is added with it. */
  | { readonly kind: "set"; readonly of: Pointer; readonly parameter: string; readonly value: string }
  /** A parameter of a member or cluster goes. */
  | { readonly kind: "unset"; readonly of: Pointer; readonly parameter: string }
  /** A word on the line of a place, or several from it on, become another one. */
  | {
      readonly kind: "reword";
      readonly at: RepairPlace;
      readonly from: string;
      readonly to: string;
      /** @default 1 */
      readonly words?: number;
    }
  /** Look-alikes in the whole file of a place become plain characters. */
  | { readonly kind: "retype"; readonly at: SourcePlace }
  /** A directive is added on a line of its own above or below the line of a place, indented like it. */
  | {
      readonly kind: "insert";
      readonly at: RepairPlace;
      readonly where: "above" | "below";
      readonly line: string;
    }
  /** The end of the line of a place, from a word on, becomes a comment on a line of its own above. */
  | { readonly kind: "comment"; readonly at: SourcePlace; readonly from: string }
  /** The line of a place goes. */
  | { readonly kind: "delete"; readonly at: RepairPlace };
