import type { Pointer } from "../vocabulary/problem.js";

/** How a scenario's request comes to a cluster. */
export interface Entrance {
  readonly path?: string;
  readonly host?: string;
}

/** A request that a mount of a cluster is meant for, and that ends elsewhere, or could. */
export interface Detour extends Entrance {
  readonly path: string;
  readonly end: DetourEnd;
  /** Lines that decide, the last to do so first; the mount itself where none is known. */
  readonly by: readonly Pointer[];
  /** Lines that could decide otherwise. */
  readonly doubts: readonly Pointer[];
  /** The mount is meant for exactly this: false for a path below it that other lines name. */
  readonly own: boolean;
  /** A scenario can ask for it. */
  readonly playable: boolean;
}

/** Where a detour ends. */
export type DetourEnd =
  | { readonly kind: "httpd"; readonly status: number; readonly location?: string }
  | { readonly kind: "cluster"; readonly name: string }
  | { readonly kind: "url"; readonly url: string }
  /** At the cluster after all, unless a line decides otherwise. */
  | { readonly kind: "here" };
