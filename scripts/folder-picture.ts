import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import ts from "typescript";

const ROOT = join(__dirname, "..");
const EDGES = ["constructs", "live", "matchers", "cli", "stacks"];

const DOCUMENT = "docs/architecture.md";
/** What stands around the picture in the document. */
const MARKS = ["<!-- folders: written by `npm run gen` -->", "<!-- end of folders -->"] as const;

/** The document on the architecture with the picture as the imports are now; the rest of it is written by hand. */
export function architectureDocument(): string {
  const text = readFileSync(join(ROOT, DOCUMENT), "utf8");
  const [from, to] = [text.indexOf(MARKS[0]), text.indexOf(MARKS[1])];
  if (from < 0 || to < from) throw new Error(`${DOCUMENT}: the marks ${MARKS.join(" and ")} are not there`);
  return `${text.slice(0, from)}${MARKS[0]}\n\n${folderPicture()}\n\n${text.slice(to)}`;
}

/** A folder that is one room of the house, and the rooms it imports. */
type Arrows = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * The rooms of the product as a Mermaid picture, read from the imports of their files. An arrow that follows from others
 * is left out: who imports `model` and `topology` gets one arrow, as `model` imports `topology` itself.
 */
function folderPicture(): string {
  const arrows = importedRooms();
  const core = [...arrows.keys()].filter((room) => room.startsWith("core/"));
  const lines = [...arrows].flatMap(([room, imported]) =>
    [...imported]
      .filter((other) => !followsFromOthers(arrows, room, other))
      .map((other) => `  ${id(room)} --> ${id(other)}`),
  );
  return [
    "```mermaid",
    "flowchart TD",
    "  subgraph core",
    ...core.map((room) => `    ${id(room)}[${room.slice("core/".length)}]`),
    "  end",
    ...lines.sort(),
    "```",
  ].join("\n");
}

function id(room: string): string {
  return room.replace("core/", "");
}

function followsFromOthers(arrows: Arrows, room: string, other: string): boolean {
  const waiting = [...(arrows.get(room) ?? [])].filter((direct) => direct !== other);
  const seen = new Set(waiting);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const further of arrows.get(next) ?? []) {
      if (further === other) return true;
      if (!seen.has(further)) waiting.push(further);
      seen.add(further);
    }
  }
  return false;
}

function importedRooms(): Arrows {
  const core = readdirSync(join(ROOT, "core"), { withFileTypes: true });
  const folders = core.filter((entry) => entry.isDirectory()).map(({ name }) => `core/${name}`);
  const rooms = [...folders, ...EDGES].sort();
  return new Map(rooms.map((room) => [room, roomsImportedBy(room, rooms)]));
}

function roomsImportedBy(room: string, rooms: readonly string[]): ReadonlySet<string> {
  const files = readdirSync(join(ROOT, room), { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );
  const targets = files.flatMap((name) => {
    const path = join(room, name);
    const { importedFiles } = ts.preProcessFile(readFileSync(join(ROOT, path), "utf8"));
    return importedFiles.map(({ fileName }) =>
      fileName.startsWith(".") ? normalize(join(dirname(path), fileName)) : "",
    );
  });
  const found = targets.flatMap((target) => rooms.find((other) => target.startsWith(`${other}/`)) ?? []);
  return new Set(found.filter((other) => other !== room).sort());
}
