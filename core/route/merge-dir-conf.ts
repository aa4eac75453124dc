import type { Requirement } from "./access-rules.js";
import { without } from "../vocabulary/without.js";
import type { Authorization, DirConf } from "./dir-conf.js";
import { mergedRewrite } from "./rewrite-inheritance.js";

/** `ap_merge_per_dir_configs`: each module merges in its own way. */
export function mergeDirConf(base: DirConf, over: DirConf): DirConf {
  const own = over.ofCore === true && base.encodedSlashes !== undefined ? without(base, "encodedSlashes") : base;
  return {
    ...own,
    ...over,
    ...rewriteOf(base, over),
    ...listOf("redirects", over.redirects, base.redirects),
    ...listOf("headers", base.headers, over.headers),
    ...listOf("environment", base.environment, over.environment),
    ...listOf("ifs", base.ifs, over.ifs),
    ...listOf("unread", base.unread, over.unread),
    ...listOf("files", base.files, over.files),
    ...listOf("handlers", base.handlers, over.handlers),
    ...variablesOf(base.variables, over.variables),
    ...authorizationOf(base.authorization, over.authorization),
    ...documentsOf(base.errorDocuments, over.errorDocuments),
    ...overrideOf(base.errorOverride, over.errorOverride),
    ...optionsOf(base.options, over.options),
  };
}

function listOf<K extends string, T>(
  key: K,
  first: readonly T[] | undefined,
  second: readonly T[] | undefined,
): { readonly [P in K]?: readonly T[] } {
  if (first === undefined && second === undefined) return {};
  return { [key]: [...(first ?? []), ...(second ?? [])] } as unknown as Record<K, readonly T[]>;
}

/** `config_perdir_merge` of mod_rewrite.c: rules are those of the last section that says anything about rewriting. */
function rewriteOf({ rewrite: base }: DirConf, { rewrite: over }: DirConf): Pick<DirConf, "rewrite"> {
  if (base === undefined || over === undefined) return {};
  const merged = mergedRewrite(base, over);
  const own = merged.options?.includes("mergebase") === true ? (over.base ?? base.base) : over.base;
  const engine = over.engine ?? base.engine;
  return {
    rewrite: {
      ...(over.directory !== undefined && { directory: over.directory }),
      ...(engine !== undefined && { engine }),
      ...(own !== undefined && { base: own }),
      ...merged,
    },
  };
}

/** `merge_authz_core_dir_config`: without AuthMerging the last section with a Require decides alone. */
function authorizationOf(
  base: Authorization | undefined,
  over: Authorization | undefined,
): Pick<DirConf, "authorization"> {
  if (base === undefined || over === undefined) return {};
  const merging = over.merging;
  if (merging === undefined && over.requirements.length === 0) return { authorization: base };
  if (merging === undefined || merging === "off") return {};
  const parts = [base, over].filter(({ requirements }) => requirements.length > 0);
  const children = parts.map(({ requirements }): Requirement => ({
    kind: "section",
    op: "or",
    children: requirements,
  }));
  const [only] = parts;
  const requirements: readonly Requirement[] =
    parts.length < 2 ? (only?.requirements ?? []) : [{ kind: "section", op: merging, children }];
  return { authorization: { requirements, merging } };
}

function documentsOf(
  base: DirConf["errorDocuments"],
  over: DirConf["errorDocuments"],
): Pick<DirConf, "errorDocuments"> {
  return base === undefined || over === undefined ? {} : { errorDocuments: new Map([...base, ...over]) };
}

function variablesOf(base: DirConf["variables"], over: DirConf["variables"]): Pick<DirConf, "variables"> {
  return base === undefined || over === undefined ? {} : { variables: new Map([...base, ...over]) };
}

/** The codes of ProxyErrorOverride are appended, the switch is replaced. */
function overrideOf(base: DirConf["errorOverride"], over: DirConf["errorOverride"]): Pick<DirConf, "errorOverride"> {
  if (base === undefined || over === undefined) return {};
  const { on, codes } = over.value;
  return { errorOverride: { value: { on, codes: [...base.value.codes, ...codes] }, at: over.at } };
}

/** `Options` with signs change what is there, without they replace it. */
function optionsOf(base: DirConf["options"], over: DirConf["options"]): Pick<DirConf, "options"> {
  if (base === undefined || over === undefined) return {};
  const relative = over.value.every((word) => /^[-+]/.test(word));
  return relative ? { options: { value: [...base.value, ...over.value], at: over.at } } : {};
}
