import type { ConfView, LoadLine } from "./conf-view.js";
import type { Repair } from "./repair.js";
import type { Finding } from "./rule.js";

/** Something that works only where a module is loaded. */
export interface ModuleNeed extends Pick<Finding, "at" | "subject"> {
  /** Name of the module without `_module`. */
  readonly module: string;
  /** What was found. @default - the module is not loaded */
  readonly found?: string;
}

/** Findings for modules that are needed and not loaded, each module once; none in a file without LoadModule lines. */
export function missingModules(conf: ConfView | undefined, needs: readonly ModuleNeed[]): readonly Finding[] {
  const { modules } = conf ?? {};
  if (conf === undefined || modules === undefined) return [];
  const missing = new Map(
    needs.toReversed().flatMap((need) => (modules.has(need.module) ? [] : [[need.module, need]])),
  );
  return [...missing.values()].toReversed().map(({ module, at, subject, found = `mod_${module} is not loaded` }) => ({
    at,
    subject,
    found,
    fix: `add LoadModule ${module}_module`,
    ...loading(conf, module),
  }));
}

/** True where backends register themselves while httpd runs (mod_cluster): no file names them. */
export function registers(conf: ConfView | undefined): boolean {
  const modules = conf?.modules;
  return modules?.has("proxy_cluster") === true || modules?.has("manager") === true;
}

/** The LoadModule line of a module. */
export function loadLineOf({ loadLines }: ConfView, module: string): LoadLine | undefined {
  return loadLines.find((line) => line.module === module);
}

/** The repair that loads a module: below the last LoadModule line, from the same folder as that one. */
function loading({ loadLines }: ConfView, module: string): { readonly repair?: Repair } {
  const repair = loadingRepair(loadLines, module);
  return repair === undefined ? {} : { repair };
}

/**
 * As a LoadModule line below the last one; undefined where there is none to stand beside.
 *
 * @param module - without `_module`
 */
export function loadingRepair(
  loadLines: readonly Pick<LoadLine, "path" | "place">[],
  module: string,
): Repair | undefined {
  const last = loadLines.findLast(({ path }) => /(^|\/)mod_[a-z0-9_]+\.so$/.test(path));
  if (last === undefined) return undefined;
  const path = last.path.replace(/mod_[a-z0-9_]+\.so$/, `mod_${module}.so`);
  const line = `LoadModule ${module}_module ${path}`;
  return { kind: "insert", at: last.place, where: "below", line };
}
