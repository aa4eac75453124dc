import { crashOf } from "./crash.js";
import { expand } from "./expand.js";
import type { ExpandOptions } from "./expand.js";
import { logged } from "./logged.js";
import { startUpFindings } from "./start-up.js";
import type { StartUpFinding } from "./start-up.js";
import { walk } from "./walk.js";
import type { CallWorld } from "./directives/call.js";
import type { EffectListener } from "./effects.js";
import type { ConfError, Executed, Expansion } from "./executed.js";

/** What `apache2 -t` says about a configuration, and what it leaves unsaid. */
export interface ConfigTest {
  /** The first thing httpd refuses; undefined for `Syntax OK`. The message is as httpd logs it. */
  readonly error?: ConfError;
  /** Directives that were accepted because nothing is known about them. */
  readonly notJudged: readonly Executed[];
  /** What passes `-t` and then fails the start. Empty when there is an error. */
  readonly startUp: readonly StartUpFinding[];
  readonly expansion: Expansion;
}

/**
 * Says what an httpd says to a configuration: verdict, file, line and sentence. Structure is judged first for the
 * whole of it, then directives in file order, up to the first complaint.
 *
 * @param heard - hears what the directives do
 */
export function testConf(options: ExpandOptions, heard?: EffectListener): ConfigTest {
  const expansion = expand(options);
  const modules = expansion.loaded;
  const world: CallWorld = {
    httpd: expansion.httpd,
    modules,
    reader: options.reader,
    serverRoot: expansion.serverRoot,
    elsewhere: options.elsewhere ?? false,
    authzAliases: new Set(),
    ...(heard === undefined ? {} : { heard }),
  };
  if (expansion.error !== undefined) {
    if (heard !== undefined) walk(expansion.directives, world);
    return { error: asLogged(expansion.error), notJudged: [], startUp: [], expansion };
  }
  const walked = walk(expansion.directives, world);
  const { refused, notJudged } = walked;
  if (refused === undefined) {
    const error = crashOf(walked.servers);
    if (error !== undefined) return { error, notJudged, startUp: [], expansion };
    return { notJudged, startUp: startUpFindings(modules, walked.servers), expansion };
  }
  const { source, line } = refused.directive;
  const { sentence, ...refusal } = refused.refusal;
  const error = { ...refusal, message: sentence, source: source.name, line: line.lastLine, at: { source, line } };
  return { error: asLogged(error), notJudged, startUp: [], expansion };
}

function asLogged(error: ConfError): ConfError {
  const { unclosed } = error;
  return {
    ...error,
    message: logged(error.message),
    ...(unclosed === undefined ? {} : { unclosed: { ...unclosed, message: logged(unclosed.message) } }),
  };
}
