import type { SourcePlace } from "../vocabulary/place.js";
import { jkFaultText } from "./jk-values.js";
import { readTomcat } from "./read-tomcat.js";
import { readWildFlyScript } from "./read-wildfly-script.js";
import { readWildFly } from "./read-wildfly.js";
import { readProperties } from "./read-workers.js";
import type { ServerFile, WorkersFile } from "./server-file.js";
import type { StartProperties } from "./start-properties.js";
import { wildflyFacts } from "./wildfly-settings.js";
import { firstIn, isXmlRefusal, readElements } from "./xml.js";
import type { FileElement } from "./xml.js";

/** A file as it was named. */
export interface NamedText {
  readonly file: string;
  readonly text: string;
  /** The node that it is said to be of. @default - whoever it fits */
  readonly node?: string | undefined;
  /** What its server is started with. @default - nothing */
  readonly properties?: StartProperties;
}

/** Why a file is none of those that are read. */
export interface UnreadFile {
  readonly place: SourcePlace;
  readonly why: string;
}

/** True for names of files that {@link readServerFile} reads: what is taken of a folder. */
export function isServerFileName(name: string): boolean {
  return /^(server|web|standalone[\w.-]*)\.xml$|^workers[\w.-]*\.properties$|\.cli$/i.test(name);
}

/**
 * Reads a file of an application server or of mod_jk: server.xml, standalone.xml, a script of jboss-cli, web.xml,
 * workers.properties. What it is, its name says, or its outermost element.
 */
export function readServerFile({ file, text, node, properties = new Map() }: NamedText): ServerFile | UnreadFile {
  const named = { file, text, node };
  const known = new Map([...(node === undefined ? [] : [["jboss.node.name", node] as const]), ...properties]);
  if (/\.properties$/i.test(file)) return readWorkers(named);
  if (/\.cli$/i.test(file)) return { ...named, ...wildflyFacts(readWildFlyScript(text, file, known)) };
  const root = readElements(text, file);
  if (isXmlRefusal(root)) return root;
  const facts = KINDS.find(({ is }) => is(root));
  if (facts !== undefined) return { ...named, ...facts.read(root, known) };
  if (root.name === "web-app") {
    return {
      ...named,
      kind: "application",
      at: root.place,
      distributable: firstIn(root, "distributable") !== undefined,
    };
  }
  const why = `<${root.name}> is the outermost element of no server.xml, standalone.xml or web.xml`;
  return { place: root.place, why };
}

/** A workers.properties; one with a value that cannot be read as a whole would be believed in part. */
function readWorkers(named: Omit<WorkersFile, "kind" | "read">): WorkersFile | UnreadFile {
  const read = readProperties(named.text);
  const [fault] = read.faults;
  if (fault === undefined) return { ...named, kind: "workers", read };
  return { place: { file: named.file, line: fault.line, column: 1 }, why: jkFaultText(fault) };
}

/** True for what is none of the files that are read. */
export function isUnread(read: ServerFile | UnreadFile): read is UnreadFile {
  return "why" in read;
}

/** Configurations of application servers, by their outermost elements; another server is one entry. */
const KINDS = [
  { is: ({ name }: FileElement) => name === "Server", read: readTomcat },
  {
    is: ({ name, attributes }: FileElement) =>
      name === "server" && (attributes.get("xmlns")?.value ?? "").startsWith("urn:jboss:domain:"),
    read: (root: FileElement, known: StartProperties) => wildflyFacts(readWildFly(root, known)),
  },
] as const;
