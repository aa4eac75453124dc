import type { Pointer } from "../vocabulary/problem.js";
import type { HttpdVersion } from "../vocabulary/versions.js";

/** A value with its place and its name in messages. */
export interface Subject {
  readonly at: Pointer;
  readonly subject: string;
}

/** Where something stands, and for which httpd it is. */
export interface CheckPlace {
  readonly at: Pointer;
  /** Absent where the version is not known yet: whoever knows it judges what depends on it. */
  readonly httpd?: HttpdVersion | undefined;
}

/** A {@link CheckPlace} with the name its owner has in messages: `member 'node1'`. */
export interface OwnerPlace extends CheckPlace {
  readonly owner: string;
}
