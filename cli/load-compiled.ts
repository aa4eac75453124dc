import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire, Module } from "node:module";
import { dirname } from "node:path";
import { Script } from "node:vm";

/** What Node hands to a CommonJS file, in this order (`Module.wrapper` of node:module). */
const PARAMETERS = "exports, require, module, __filename, __dirname";

/** Has work done when the run ends. */
type AtExit = (work: () => void) => void;

/**
 * Loads a CommonJS file with what V8 compiled of it in an earlier run, kept beside it in `FILE.MARK.cache`.
 *
 * Compiling is more than half of a short command's time. Only the owner of the file writes beside it, and only what
 * the same owner wrote is read, so that the cache is trusted as far as the file itself. V8 refuses what another text,
 * version or set of flags made; the file is compiled anew then. Whatever requires the file from then on gets what was
 * loaded here.
 * @param mark - of the file's text: V8 itself compares no more of a text than its length
 * @returns what the file exports, of which the caller says the type
 */
export function loadCompiled(file: string, mark: string, atExit: AtExit): unknown {
  const cache = `${file}.${mark}.cache`;
  const cachedData = cacheOf(file, cache);
  const text = readFileSync(file, "utf8");
  const given = cachedData === undefined ? {} : { cachedData };
  const script = new Script(`(function (${PARAMETERS}) {${text}\n})`, { filename: file, ...given });
  const module = new Module(file);
  const require = createRequire(file);
  const load = script.runInThisContext() as (...given: readonly unknown[]) => void;
  load(module.exports, require, module, file, dirname(file));
  module.loaded = true;
  require.cache[file] = module;
  // V8 compiles a function when it is called first: at the end of the run there is most to keep.
  if (script.cachedDataRejected !== false && isOwner(file)) atExit(keeping(script, cache));
  return module.exports;
}

function cacheOf(file: string, cache: string): Buffer | undefined {
  const found = statSync(cache, { throwIfNoEntry: false });
  return found?.isFile() === true && found.uid === statSync(file).uid ? readFileSync(cache) : undefined;
}

/** Windows has no owners by number; nothing is kept there. */
function isOwner(file: string): boolean {
  return process.geteuid?.() === statSync(file).uid;
}

function keeping(script: Script, cache: string): () => void {
  const flags = flagsMark();
  return () => {
    // A command that set a flag of V8 would leave what no later start takes.
    if (!flags.equals(flagsMark())) return;
    const draft = `${cache}.${process.pid}`;
    try {
      writeFileSync(draft, script.createCachedData(), { flag: "wx", mode: 0o644 });
      renameSync(draft, cache);
    } catch {
      // A folder that cannot be written to has no cache: the program is only slower to start.
      rmSync(draft, { force: true });
    }
  };
}

/** The head of compiled code: versions, source and flags of V8, and nothing of the code. */
function flagsMark(): Buffer {
  return new Script("0").createCachedData().subarray(0, 16);
}
