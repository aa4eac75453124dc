import type { LintReport } from "../diagnostic.js";

/** What a format may know beyond the reports. */
export interface FormatOptions {
  /** Version of this program. */
  readonly version: string;
  /** True where the reader's terminal shows colours. */
  readonly colour: boolean;
}

/** Writes reports, one an input, as one text that ends in a line break. */
export type Format = (reports: readonly LintReport[], options: FormatOptions) => string;
