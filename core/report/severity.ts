/** How bad a finding is: `error` breaks requests or promises, `warning` will surprise, `note` could be better. */
export const SEVERITIES = ["error", "warning", "note"] as const;

/** One of {@link SEVERITIES}. */
export type Severity = (typeof SEVERITIES)[number];
