import { compareVersions, existsIn, isWithin, MEASURED_VERSION } from "./versions.js";
import { lettersOf } from "./status.js";
import type { HttpdVersion } from "./versions.js";
import type { EarlierForm, Parameter, ParameterTable } from "./parameter.js";

/**
 * A table of parameters as an httpd knows it: without the words that came later, each word read as that version reads
 * it. The table itself for the version this project is measured on and newer ones.
 */
export function parametersOf(table: ParameterTable, httpd: HttpdVersion): ParameterTable {
  if (httpd === MEASURED_VERSION || compareVersions(httpd, MEASURED_VERSION) >= 0) return table;
  const tables = KNOWN.get(table) ?? new Map<HttpdVersion, ParameterTable>();
  const known = tables.get(httpd);
  if (known !== undefined) return known;
  const entries = Object.entries(table).filter(([, { since }]) => existsIn(httpd, since));
  const made = Object.fromEntries(entries.map(([word, parameter]) => [word, asReadBy(parameter, httpd)]));
  KNOWN.set(table, tables.set(httpd, made));
  return made;
}

/** Tables are few and asked for with every line of a file. */
const KNOWN = new WeakMap<ParameterTable, Map<HttpdVersion, ParameterTable>>();

function asReadBy(parameter: Parameter, httpd: HttpdVersion): Parameter {
  if (parameter.kind === "status") return { ...parameter, letters: lettersOf(httpd) };
  const form = parameter.earlier?.find((earlier) => holdsFor(earlier, httpd));
  // A form says what differs from its own entry; the pair is put together in one table, where types keep it whole.
  return form === undefined ? parameter : ({ ...parameter, ...form.as } as Parameter);
}

function holdsFor({ from, before }: EarlierForm, httpd: HttpdVersion): boolean {
  return isWithin(httpd, { ...(from !== undefined && { since: from }), until: before });
}
