import { BEHAVIOURS } from "../../core/vocabulary/behaviours.js";
import type { Behaviour } from "../../core/vocabulary/behaviours.js";
import { compareVersions } from "../../core/vocabulary/versions.js";
import { markdownTable } from "../markdown.js";
import { playAll } from "./play.js";
import type { Comparison, Played } from "./play.js";

/** Kinds of recorded cases, as the document names them. */
const KINDS = {
  verdict: "`configtest`: verdict, line and sentence of a fragment",
  probe: "`simulate`: a probe of one behaviour, all its picks",
  picks: "`simulate`: a recorded scenario, all its picks",
} as const satisfies Record<Played["kind"], string>;

/**
 * `docs/certificate.md`: for each version and kind of case, how many recorded answers of a real httpd are played again
 * here, and how many of ours are equal.
 */
export function certificateDocument(): string {
  const played = playAll();
  const different = played.filter(({ comparison }) => comparison === "different");
  const paragraphs = [
    "# Certificate",
    "What httpds of several versions answered was recorded, and this project is asked the same each time this page is made: `npm run gen` writes it, and `npm test` fails when a figure is no longer true. A case counts as equal when every answer in it is; as not judged when the answer says of itself, before the first difference, that it is not certain. The cases stand in `test/fixtures/{traces,verdicts,versions}`; they were recorded, so that no seed belongs to them.",
    table(played),
    different.length === 0
      ? "No judged answer differs."
      : `Different: ${different.map(({ name, version }) => `${name} (${version})`).join(", ")}.`,
    "Verdicts of the older versions are only of fragments on which they differ from 2.4.71. Generated cases are played on the httpd of the machine, 2.4.71, by `npm test` with a fixed seed and by `npm run campaign` with fresh ones; see [testing](testing.md).",
    "## What differs between versions",
    "Each row is one place of the code. Where the last column says neither `measured` nor names a recorded version, the row was only read: in a tag of httpd's sources, in a report, or in its list of changes.",
    behaviours(),
  ];
  return `${paragraphs.join("\n\n")}\n`;
}

function table(played: readonly Played[]): string {
  const versions = [...new Set(played.map(({ version }) => version))].sort(compareVersions);
  const rows = versions.flatMap((version) =>
    (Object.keys(KINDS) as Played["kind"][]).flatMap((kind) => {
      const own = played.filter((one) => one.version === version && one.kind === kind);
      if (own.length === 0) return [];
      const count = (wanted: Comparison): string =>
        String(own.filter(({ comparison }) => comparison === wanted).length);
      return [[version, KINDS[kind], String(own.length), count("equal"), count("not judged"), count("different")]];
    }),
  );
  return markdownTable([["httpd", "asked", "played", "equal", "not judged", "different"], ...rows]);
}

function behaviours(): string {
  const rows = Object.values(BEHAVIOURS).map(({ since, until, doc, source }: Behaviour) => [
    doc,
    since ?? "",
    until ?? "",
    source,
  ]);
  return markdownTable([["what is done", "since", "until", "known from"], ...rows]);
}
