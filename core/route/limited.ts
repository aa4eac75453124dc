/** The methods a directive is about: those of the `<Limit>` or `<LimitExcept>` around it; undefined for all. */
export interface Limited {
  readonly except: boolean;
  readonly methods: readonly string[];
}

/** True when a directive is about a method. httpd takes a HEAD for a GET. */
export function limits(limited: Limited | undefined, method: string): boolean {
  if (limited === undefined) return true;
  const counted = method === "HEAD" ? "GET" : method;
  return limited.methods.includes(counted) !== limited.except;
}
