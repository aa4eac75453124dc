/** One value that is another one on the running httpd than in its description. */
export interface Difference {
  readonly cluster: string;
  /** Name of the member; its URL where only httpd knows it. Undefined for what is of the balancer. */
  readonly member: string | undefined;
  /** httpd's word for what differs: `status`, `loadfactor`, `lbmethod`; `member` or `balancer` when all of it is missing. */
  readonly what: string;
  readonly declared: string;
  readonly live: string;
}

/** A value of a {@link Difference} as people read it. */
export function differenceText(value: string): string {
  return value === "" ? "none" : value;
}
