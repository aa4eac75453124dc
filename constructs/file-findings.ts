import { fromUnicode, toUnicode } from "../core/httpd/bytes.js";
import type { ConfReader } from "../core/conf/run/reader.js";
import { lintConf } from "../core/lint/lint-conf.js";
import { fillText } from "../core/render/files.js";
import { renderServer } from "../core/render/render.js";
import type { Server, Topology } from "../core/topology/topology.js";
import { LAYOUTS } from "../core/vocabulary/layouts.js";
import { pointerStep } from "../core/vocabulary/problem.js";
import type { Pointer } from "../core/vocabulary/problem.js";
import type { SynthFinding } from "./finding.js";

/** Stands for an address that is known only at apply. */
const SOME_ADDRESS = "192.0.2.1";

/** The machine the file is for, on which every file that is named is there; of folders nothing is known. */
const ELSEWHERE: ConfReader = { readText: () => "# not looked at\n", readFolder: () => undefined };

/** A line that was written by hand, and where it was given. */
interface OwnLine {
  readonly text: string;
  readonly at: Pointer;
}

/**
 * What httpd would refuse in the files that are written. Only lines given by hand (`extra`) can be at fault, so that
 * descriptions without any are not asked about: what is generated is held to httpd by the tests of this project.
 */
export function fileFindings(topology: Topology): readonly SynthFinding[] {
  const own = ownLines(topology);
  if (own.length === 0) return [];
  return topology.servers.flatMap((server, index) => refusals(topology, server, `/servers${pointerStep(index)}`, own));
}

function refusals(topology: Topology, server: Server, at: Pointer, own: readonly OwnLine[]): readonly SynthFinding[] {
  return renderServer(topology, server).flatMap((file): readonly SynthFinding[] => {
    const text = fillText(file.text, () => SOME_ADDRESS);
    const path = LAYOUTS[server.layout].configFile;
    const { diagnostics } = lintConf({ path, text: fromUnicode(text), reader: ELSEWHERE }, []);
    const lines = text.split("\n");
    return diagnostics.map(({ found, fix, place }) => {
      const line = place === undefined ? "" : (lines[place.line - 1] ?? "").trim();
      const given = own.find((each) => each.text === line);
      const where = line === "" ? file.path : `'${line}' (${file.path}:${place?.line ?? 1})`;
      return { level: "error", at: given?.at ?? at, text: `httpd refuses ${where}: ${toUnicode(found)}; ${fix}` };
    });
  });
}

function ownLines({ servers, clusters }: Topology): readonly OwnLine[] {
  const givers = [
    ...clusters.map(({ extra }, index) => ({ extra, at: `/clusters${pointerStep(index)}` as const })),
    ...servers.flatMap((server, index) => {
      const at: Pointer = `/servers${pointerStep(index)}`;
      const hosts = server.virtualHosts.map(({ extra }, host) => ({
        extra,
        at: `${at}/virtualHosts${pointerStep(host)}` as const,
      }));
      return [{ extra: server.extra, at }, ...hosts];
    }),
  ];
  return givers.flatMap(({ extra = [], at }) =>
    extra.map((line, index) => ({ text: line.trim(), at: `${at}/extra${pointerStep(index)}` as const })),
  );
}
