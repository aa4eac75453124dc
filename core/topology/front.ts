/**
 * What a server or virtual host does with a request before and beside its balancers: access, rewriting, redirects,
 * header changes, limits, handlers, error documents, mounts. Directives in the order of the configuration, as written.
 *
 * Only `core/route` gives it a meaning; everybody else hands it on.
 */
export type Front = readonly FrontDirective[];

/** A directive or section of a scope's front. */
export interface FrontDirective {
  /** Its name as written, a section's without `<`. */
  readonly name: string;
  /** What follows the name, quotes included: mod_rewrite cuts its words in its own way. */
  readonly text: string;
  /** `text` cut into words as `ap_getword_conf` does. */
  readonly words: readonly string[];
  /** What stands in a section; absent for a directive. */
  readonly children?: Front;
}
