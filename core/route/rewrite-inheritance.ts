import type { RewriteRule } from "./rewrite-rule.js";

/** What a scope or section says about rewriting, as far as its rules go together with others. */
export interface RewriteScope {
  /** RewriteOptions in lower case; undefined where no line says any. */
  readonly options?: readonly string[];
  readonly rules: readonly RewriteRule[];
}

/**
 * `config_server_merge` and `config_perdir_merge` of mod_rewrite.c: the rules of what comes later, with those of its base
 * where it takes them (`Inherit`) or the base hands them down (`InheritDown`), which `IgnoreInherit` refuses. Options that
 * the base says hold where no others are said, `Inherit` included.
 */
export function mergedRewrite(base: RewriteScope, over: RewriteScope): RewriteScope {
  const options = over.options ?? base.options;
  const handed = options?.includes("ignoreinherit") === true ? undefined : base.options;
  const takes = (own: string, down: string): boolean =>
    options?.includes(own) === true || handed?.includes(down) === true;
  const rules = takes("inherit", "inheritdown")
    ? [...over.rules, ...base.rules]
    : takes("inheritbefore", "inheritdownbefore")
      ? [...base.rules, ...over.rules]
      : over.rules;
  return options === undefined ? { rules } : { options, rules };
}
