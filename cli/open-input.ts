import { basename, dirname, join, resolve } from "node:path";
import type { ExpandOptions } from "../core/conf/run/expand.js";
import { declaredLayout } from "../core/conf/run/modules/declared-layout.js";
import { MODULE_ROOT } from "../core/conf/run/modules/load-module.js";
import { fromBytes } from "../core/httpd/bytes.js";
import { templateIn } from "../core/conf/text/template.js";
import { templateSentence } from "./unread.js";
import { usualHttpd } from "../core/vocabulary/meant-httpd.js";
import type { MeantHttpd } from "../core/vocabulary/meant-httpd.js";
import { confOptionsOf } from "./conf-options.js";
import { includeReader } from "./include-reader.js";
import type { Options } from "./command.js";
import { UnusableError } from "./io.js";
import type { Io } from "./io.js";

/** An input that has been opened: its text, and for an httpd.conf all that its execution depends on. */
export type OpenedInput = OpenedConf | OpenedSpec;

/** An httpd.conf, ready to be executed. */
export interface OpenedConf {
  readonly kind: "conf";
  /** The file as it was named; of a folder the main file in it. */
  readonly path: string;
  readonly run: ExpandOptions & Required<Pick<ExpandOptions, "version">>;
  readonly meant: MeantHttpd;
}

/** A spec, YAML or JSON. */
export interface OpenedSpec {
  readonly kind: "spec";
  readonly path: string;
  readonly text: string;
  /** The httpd that is asked for. @default - the one that the spec says */
  readonly asked: MeantHttpd | undefined;
}

/** Names of the main file in a folder, the first that is there counts; beside Debian's, httpd.conf is a leftover. */
const MAIN_FILES = [
  "apache2.conf",
  "httpd.conf",
  join("conf", "httpd.conf"),
  "balancer.conf",
  "balancer.yaml",
  "balancer.yml",
  "balancer.json",
];

/**
 * Opens INPUT of a command: an httpd.conf, a folder that holds one, or a spec. The one door by which all commands read
 * one: which file of a folder it is, what kind it is of, where its includes may come from, and which httpd is meant.
 *
 * @throws UnusableError for what cannot be read
 */
export function openInput(path: string, io: Io, options: Options): OpenedInput {
  const file = mainFile(path, io);
  const bytes = io.readBytes(file);
  if (isSpec(file, bytes)) {
    const { asked } = confOptionsOf(options, io);
    return { kind: "spec", path: file, text: new TextDecoder().decode(bytes), asked };
  }
  return confOf(file, bytes, io, options);
}

/** As {@link openInput}, of what is taken for an httpd.conf whatever its text looks like. */
export function openConf(path: string, io: Io, options: Options): OpenedConf {
  const file = mainFile(path, io);
  if (isSpecName(file)) throw new UnusableError(`${file}: is a spec; name an httpd.conf (render writes one from it)`);
  return confOf(file, io.readBytes(file), io, options);
}

function confOf(file: string, bytes: Uint8Array, io: Io, options: Options): OpenedConf {
  if (bytes.includes(0)) throw new UnusableError(`${file}: is a binary file; name an httpd.conf or a spec`);
  const { flags, environment, outside, asked, ...given } = confOptionsOf(options, io);
  const text = fromBytes(bytes);
  const meant = asked ?? usualHttpd([given.layout ?? declaredLayout(text)]);
  const template = templateIn(text);
  if (template !== undefined) io.stderr(`${templateSentence(file, template)}\n`);
  const run = {
    path: file,
    text,
    reader: includeReader(io, { file, outside }),
    serverRoot: dirname(resolve(file)),
    moduleRoot: MODULE_ROOT,
    ...given,
    version: meant.version,
    flags,
    environment,
  };
  return { kind: "conf", path: file, run, meant };
}

function mainFile(path: string, io: Io): string {
  if (io.readFolder(path) === undefined) return path;
  const found = MAIN_FILES.map((name) => join(path, name)).find((name) => io.exists(name));
  if (found !== undefined) return found;
  throw new UnusableError(`${path}: holds no httpd.conf, no apache2.conf and no balancer.yaml; name the file`);
}

/** True for a spec, by name, else by its first word: JSON begins with `{`, and only YAML has a key before its first blank. */
export function isSpec(file: string, bytes: Uint8Array): boolean {
  if (isSpecName(file)) return true;
  if (/\.conf$/i.test(basename(file))) return false;
  const text = fromBytes(bytes.subarray(0, 4096)).replace(/^(\s*#[^\n]*\n|\s+|---\n)*/, "");
  return /^\{\s*["}]/.test(text) || /^[A-Za-z]+:(\s|$)/.test(text);
}

function isSpecName(file: string): boolean {
  return /\.(ya?ml|json)$/i.test(basename(file));
}
