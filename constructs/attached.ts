import type { IConstruct } from "constructs";

/** A kind of value that is kept with constructs. */
export interface Attachment<T> {
  /** The value kept with a construct; made by its first reader. */
  readonly of: (construct: IConstruct) => T;
}

/**
 * Values kept with constructs under a name, so that all copies of this package in a process (one as CommonJS and one as
 * ES module, for example) find the same.
 */
export function attachment<T>(name: string, make: () => T): Attachment<T> {
  const key = Symbol.for(`cdktf-httpd-balancer.${name}`);
  return {
    of(construct) {
      const known = (construct as unknown as Readonly<Record<symbol, T | undefined>>)[key];
      if (known !== undefined) return known;
      const value = make();
      Object.defineProperty(construct, key, { value });
      return value;
    },
  };
}
