import { usualHttpd } from "../../vocabulary/meant-httpd.js";
import type { HttpdVersion } from "../../vocabulary/versions.js";
import { Budget } from "./budget.js";
import { FileFrame } from "./frame.js";
import type { FrameLine } from "./frame.js";
import { declaredLayout, moduleRootOf } from "./modules/declared-layout.js";
import { LoadedModules } from "./modules/loaded.js";
import type { LayoutName } from "../../vocabulary/layouts.js";
import { MODULE_ROOT } from "./modules/load-module.js";
import { Macros } from "./macros.js";
import { LazySource } from "./source.js";
import { ON_READ } from "./on-read.js";
import type { OnRead, OnReadContext, OnReadPlace } from "./on-read.js";
import { ReadAhead } from "./read-ahead.js";
import { CONDITIONS } from "./conditions.js";
import { Variables } from "./variables.js";
import { countComplaint } from "./arity.js";
import { cutWord, wordsOf } from "../../httpd/word.js";
import type { BlockOff, ConfError, Executed, Expansion, Source, UndefinedUse } from "./executed.js";
import { refused } from "./refusal.js";
import type { Objection, Refusal } from "./refusal.js";
import type { ConfReader } from "./reader.js";

/** What an expansion starts from. */
export interface ExpandOptions {
  /** Path of the main file: its name in messages. */
  readonly path: string;
  /** Its text, one character a byte. */
  readonly text: string;
  readonly reader: ConfReader;
  /** The httpd that is to read it. @default - the one that the layout installs */
  readonly version?: HttpdVersion;
  /** How the httpd is installed: which modules are in the program. @default - as the `ServerRoot` of the main file says, else Debian's */
  readonly layout?: LayoutName;
  /**
   * Folder that relative names of modules start from until a `ServerRoot` says otherwise.
   *
   * @default - `serverRoot`, else where Debian has them
   */
  readonly moduleRoot?: string;
  /** Folder relative paths start from until a `ServerRoot` says otherwise. @default - the folder of the main file */
  readonly serverRoot?: string;
  /**
   * Files and folders that this machine lacks are no fault of the configuration: it runs elsewhere.
   *
   * @default false
   */
  readonly elsewhere?: boolean;
  /** Environment variables that `${NAME}` falls back to. @default - none */
  readonly environment?: Readonly<Record<string, string>>;
  /** Names given with `-D`. @default - none */
  readonly flags?: readonly string[];
}

/** Includes in includes that httpd follows: `AP_MAX_INCLUDE_DEPTH`, server/core.c. */
const DEEPEST_INCLUDE = 128;

/**
 * Reads a configuration as httpd does before it executes anything: conditions, includes, variables and macros are
 * resolved line by line, modules count as loaded from their LoadModule line on, and the first fault in the structure
 * ends the reading.
 */
export function expand(options: ExpandOptions): Expansion {
  if (loadsNothing(options.text)) return new Expander(options, true).run();
  const first = new Expander(options, false).run();
  return first.fragment ? new Expander(options, true).run() : first;
}

/** True when no line of a text can load a module: most fragments are seen to be one before they are read. */
function loadsNothing(text: string): boolean {
  return !/loadmodule|include/i.test(text) && !/^[ \t]*[^\s#<]*\$\{/m.test(text);
}

/** Bytes of a line, continued ones joined, from which on httpd reads no further: `VARBUF_MAX_LEN` of server/config.c (measured). */
const LINE_LIMIT = 16 * 1024 * 1024;

function tooLong({ source, line }: FrameLine): Objection {
  if (line.text.length < LINE_LIMIT) return undefined;
  const sentence = `Error reading ${source.name} at line ${line.lastLine}: Line too long`;
  return refused(sentence, "break the line up: httpd reads lines of up to 16 MiB");
}

class Expander {
  readonly #options: ExpandOptions;
  readonly #frames: FileFrame[] = [];
  readonly #sources: Source[] = [];
  readonly #context: OnReadContext;
  readonly #budget = new Budget();
  readonly #undefinedUses: UndefinedUse[] = [];
  readonly #blocksOff: BlockOff[] = [];
  readonly #onReadLines: ReadAhead[] = [];
  readonly #fragment: boolean;

  constructor(options: ExpandOptions, fragment: boolean) {
    this.#options = options;
    this.#fragment = fragment;
    const layout = options.layout ?? declaredLayout(options.text);
    const version = options.version ?? usualHttpd([layout]).version;
    const modules = fragment ? LoadedModules.all(version) : LoadedModules.builtIn(layout, version);
    this.#context = {
      modules,
      macros: new Macros(),
      variables: new Variables(options.environment ?? {}, options.flags ?? [], this.#budget),
      reader: options.reader,
      budget: this.#budget,
      version,
      serverRoot: options.serverRoot ?? options.path.slice(0, Math.max(0, options.path.lastIndexOf("/"))),
      moduleRoot: moduleRootOf(layout) ?? options.moduleRoot ?? options.serverRoot ?? MODULE_ROOT,
      layout,
      elsewhere: options.elsewhere ?? false,
      sawLoadModule: false,
    };
  }

  run(): Expansion {
    const directives: Executed[] = [];
    const error = this.#open(this.#options.path, this.#options.text, directives, undefined) ?? this.#read();
    return {
      directives,
      loaded: this.#context.modules,
      modules: this.#context.modules.symbols,
      layout: this.#context.layout,
      httpd: this.#context.version,
      serverRoot: this.#context.serverRoot,
      fragment: this.#fragment || !this.#context.sawLoadModule,
      ...(error === undefined ? {} : { error }),
      sources: this.#sources,
      undefinedVariables: this.#context.variables.missing,
      undefinedUses: this.#undefinedUses,
      blocksOff: this.#blocksOff,
      onRead: this.#onReadLines,
    };
  }

  #open(path: string, text: string, into: Executed[], parent: Executed | undefined): ConfError | undefined {
    if (this.#frames.length > DEEPEST_INCLUDE) {
      const message = `Exceeded maximum include depth of ${DEEPEST_INCLUDE}, There appears to be a recursion.`;
      return this.#fault(refused(message, "remove the Include that leads back to a file it is in"));
    }
    this.#budget.takeSource(text.length);
    if (this.#budget.spent !== undefined) return this.#stopped(this.#budget.spent);
    const source = new LazySource(path, text);
    this.#sources.push(source);
    this.#frames.push(new FileFrame(source, into, parent));
    return undefined;
  }

  #read(): ConfError | undefined {
    for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) {
      const error = this.#openNextInclude(frame) ?? this.#step(frame);
      if (error !== undefined) return error;
    }
    return undefined;
  }

  /** One line of the innermost file; at its end the file is closed. */
  #step(given: FileFrame): ConfError | undefined {
    const frame = this.#frames.at(-1) ?? given;
    const next = frame.nextLine();
    if (next === undefined) {
      const unfinished = frame.finish();
      if (unfinished !== undefined) {
        const { unclosed } = unfinished;
        return { ...this.#fault(unfinished), ...(unclosed === undefined ? {} : { unclosed }) };
      }
      this.#frames.pop();
      return undefined;
    }
    const long = tooLong(next);
    if (long !== undefined) frame.blame(next.source, next.line);
    const complaint = long ?? this.#line(frame, next);
    this.#budget.takeLine();
    if (this.#budget.spent !== undefined) return this.#stopped(this.#budget.spent, next);
    return complaint === undefined ? undefined : this.#fault(complaint);
  }

  #openNextInclude(frame: FileFrame): ConfError | undefined {
    const path = frame.pendingIncludes.shift();
    if (path === undefined) return undefined;
    const text = this.#options.reader.readText(path);
    if (text === undefined) {
      const sentence = `Could not open configuration file ${path}: No such file or directory`;
      return this.#fault(refused(sentence, `make ${path}, or correct the path; IncludeOptional is content without it`));
    }
    const error = this.#open(path, text, frame.siblings, frame.parent);
    const opened = this.#sources.at(-1);
    if (opened !== undefined) frame.including?.opened.push(opened);
    return error;
  }

  /** `ap_build_config_sub` of server/config.c. */
  #line(frame: FileFrame, read: FrameLine): Objection {
    const { source, line } = read;
    if (frame.endsCondition(line.text)) return undefined;
    if (line.text === "" || (!frame.skipping && line.text.startsWith("#"))) return undefined;
    // What is skipped is not looked at for variables: `ap_soak_end_container`.
    const text = frame.skipping ? line.text : this.#resolved(read);
    const word = cutWord(text, 0);
    // A name that is quotes and nothing between them ends the line, whatever follows (measured on 2.4.71).
    if (word === undefined || word.text === "") return undefined;
    const rest = text.slice(word.next);
    if (frame.skipping) return this.#skip(frame, word.text, rest);
    if (word.text.startsWith("</")) {
      return frame.close(word.text, source, line);
    }
    const command = word.text[1] !== "/" && word.text.endsWith(">") ? word.text.slice(0, -1) : word.text;
    const section = command.startsWith("<");
    const args = section && rest === "" ? ">" : rest;
    const done = this.#onRead(frame, command, args, read);
    if (done !== NOT_ON_READ) return done;
    const known = section ? this.#context.modules.rules(command)[0]?.name : undefined;
    frame.add(section, section ? (known ?? command).slice(1) : command, args, read);
    return undefined;
  }

  /** Executes what httpd executes while it reads; a complaint, undefined when done, or {@link NOT_ON_READ}. */
  #onRead(frame: FileFrame, command: string, args: string, read: FrameLine): Objection | typeof NOT_ON_READ {
    const key = command.toLowerCase();
    const condition = CONDITIONS.get(key);
    const handler = ON_READ.get(key);
    if (condition === undefined && handler === undefined) return NOT_ON_READ;
    const rule = this.#context.modules.rules(key)[0];
    if (rule === undefined) return NOT_ON_READ;
    frame.blame(read.source, read.line);
    const miscounted = countComplaint(rule, args, wordsOf(args));
    if (miscounted !== undefined) return miscounted;
    if (handler !== undefined) return this.#execute(handler, key, args, { ...read, frame });
    const facts = { ...this.#context, sections: [] };
    const result = condition?.(args, facts);
    if (typeof result === "object") return result;
    frame.enterCondition(rule.name, result === true);
    if (result !== true) this.#blocksOff.push({ ...read, condition: `${command} ${args}`, hidden: 0 });
    return undefined;
  }

  #execute(handler: OnRead, key: string, args: string, place: OnReadPlace): Objection {
    const line = new ReadAhead(key, args, place);
    this.#onReadLines.push(line);
    const complaint = handler(args, this.#context, place);
    if (place.frame.pendingIncludes.length > 0) place.frame.including = line;
    else if (key === "use" && complaint === undefined) line.opened.push(...place.frame.inserted);
    return complaint;
  }

  /** A line with its variables replaced; those that are not defined are remembered with their first use. */
  #resolved({ source, line }: FrameLine): string {
    const { variables } = this.#context;
    const known = variables.missing.size;
    const text = variables.resolve(line.text);
    if (variables.missing.size === known) return text;
    const unknown = [...variables.missing].slice(known).filter((name) => !DEBIAN_ENVIRONMENT.has(name));
    for (const name of unknown) this.#undefinedUses.push({ name, source, line });
    return text;
  }

  #skip(frame: FileFrame, word: string, rest: string): Objection {
    const block = this.#blocksOff.at(-1);
    if (block !== undefined && BALANCING.test(word)) {
      this.#blocksOff[this.#blocksOff.length - 1] = { ...block, hidden: block.hidden + 1 };
    }
    return frame.skip(word, rest);
  }

  /** The end of the reading at a limit of this program. */
  #stopped({ sentence, mend, about }: Refusal, at?: FrameLine): ConfError {
    const place = at ?? this.#frames.at(-1)?.blamed;
    const named = place === undefined ? {} : { source: place.source.name, line: place.line.lastLine, at: place };
    return { message: sentence, mend, about, ...named };
  }

  /** Wraps a complaint in the lines of the includes that led here. */
  #fault({ sentence, ...refusal }: Refusal): ConfError {
    const frames = [...this.#frames].reverse();
    const [innermost] = frames;
    let message = sentence;
    for (const [index, frame] of frames.entries()) {
      const blamed = frame.blamed;
      if (blamed === undefined) continue;
      if (index === frames.length - 1) {
        const at = innermost?.blamed ?? blamed;
        return { ...refusal, message, source: blamed.source.name, line: blamed.line.lastLine, at };
      }
      message = `Syntax error on line ${blamed.line.lastLine} of ${blamed.source.name}: ${message}`;
    }
    return { ...refusal, message };
  }
}

/** Directives that balance or lead to a balancer. */
const BALANCING = /^(?:BalancerMember|ProxySet|ProxyPass|ProxyPassMatch|<Proxy)$/i;

/** What Debian's apache2ctl puts into the environment, from /etc/apache2/envvars: known to be there, not what it says. */
const DEBIAN_ENVIRONMENT: ReadonlySet<string> = new Set(
  ["CONFDIR", "RUN_USER", "RUN_GROUP", "PID_FILE", "RUN_DIR", "LOCK_DIR", "LOG_DIR"].map((name) => `APACHE_${name}`),
);

const NOT_ON_READ = Symbol("not executed while the file is read");
