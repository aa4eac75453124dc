import type { MeantHttpd } from "../../vocabulary/meant-httpd.js";
import type { Report, RuleText } from "../report.js";

/** What a format may know beyond the reports. */
export interface FormatOptions {
  /** Version of this program. */
  readonly version: string;
  /** True where the reader's terminal shows colours. */
  readonly colour: boolean;
  /** Characters of a line of the reader's terminal. @default - lines are as long as they are */
  readonly width?: number;
  /** The command that found it: `lint`. */
  readonly command: string;
  /** What may be found, whether it was or not. */
  readonly rules: readonly RuleText[];
  /** The httpd that is meant; of several inputs each one once. @default - nothing is said of it */
  readonly meant?: readonly MeantHttpd[];
}

/** Writes reports, one an input, as one text that ends in a line break. */
export type Format = (reports: readonly Report[], options: FormatOptions) => string;
