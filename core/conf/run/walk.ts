import { behaves } from "../../vocabulary/behaviours.js";
import { countComplaint } from "./arity.js";
import { refused } from "./refusal.js";
import { homesOf, misplaced, unknownCommand } from "./command-mends.js";
import type { Objection, Refusal } from "./refusal.js";
import { CHECKS, ENTERS } from "./directives/checks.js";
import { PLACE } from "../../vocabulary/command-tables.js";
import { contextComplaint } from "./directives/contexts.js";
import { ServerState } from "./directives/server-state.js";
import type { Call, EnteredSection, Where, CallWorld } from "./directives/call.js";
import type { Executed } from "./executed.js";

/** What may stand outside of sections: `(RSRC_CONF | OR_ALL) & ~(OR_AUTHCFG | OR_LIMIT)`. */
const IN_SERVER = (PLACE.server | PLACE.all) & ~(PLACE.authcfg | PLACE.limit);

/** What executing a configuration came to. */
export interface WalkedConf {
  /** The first complaint, and the directive it is about. */
  readonly refused?: { readonly refusal: Refusal; readonly directive: Executed };
  /** Directives of modules that are not known here: accepted, not judged. */
  readonly notJudged: readonly Executed[];
  /** What this machine lacks, where that was not to matter. */
  readonly missing: readonly Refusal[];
  /** Main server first, then virtual hosts, as far as they were reached. */
  readonly servers: readonly ServerState[];
}

/** A list of directives being executed, and what follows its last one. */
interface Frame {
  readonly directives: readonly Executed[];
  readonly where: Where;
  readonly section: Executed | undefined;
  readonly leave: (() => Objection) | undefined;
  at: number;
}

/**
 * Executes directives as `ap_walk_config` does (server/config.c): in file order, the content of a section before its
 * arguments, up to the first complaint. Who listens hears what the rest does, too, as if the complaint were mended.
 */
export function walk(directives: readonly Executed[], world: CallWorld): WalkedConf {
  return new Walker(world).walk(directives);
}

class Walker {
  readonly notJudged: Executed[] = [];
  readonly missing: Refusal[] = [];
  readonly servers: ServerState[] = [];
  readonly #world: CallWorld;
  readonly #frames: Frame[] = [];

  constructor(world: CallWorld) {
    this.#world = world;
  }

  walk(directives: readonly Executed[]): WalkedConf {
    const main = new ServerState(false, this.#world.httpd);
    this.servers.push(main);
    const where: Where = { places: IN_SERVER, server: main, ifs: { last: undefined } };
    let first: WalkedConf["refused"];
    this.#frames.push({ directives, where, section: undefined, leave: undefined, at: 0 });
    for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) {
      const refused = this.#step(frame);
      if (refused === undefined) continue;
      if (refused.refusal.about === "machine" && this.#world.elsewhere) {
        this.missing.push(refused.refusal);
        continue;
      }
      first ??= refused;
      if (this.#world.heard === undefined) break;
    }
    const { notJudged, missing, servers } = this;
    return { notJudged, missing, servers, ...(first === undefined ? {} : { refused: first }) };
  }

  /** Executes the next directive of a list, or what follows its last one. */
  #step(frame: Frame): WalkedConf["refused"] {
    const directive = frame.directives[frame.at];
    frame.at += 1;
    const complaint = directive === undefined ? frame.leave?.() : this.#execute(directive, frame.where);
    if (directive === undefined) this.#frames.pop();
    const blamed = directive ?? frame.section;
    if (complaint === undefined || blamed === undefined) return undefined;
    return { refusal: complaint, directive: blamed };
  }

  #execute(directive: Executed, where: Where): Objection {
    const name = directive.section ? `<${directive.name}` : directive.name;
    const rules = this.#world.modules.rules(name);
    if (rules.length === 0) return this.#unknown(directive, name);
    const { args, words } = directive;
    for (const rule of rules) {
      const complaint = this.#invoke({ directive, rule, args, words, where, world: this.#world });
      if (complaint !== undefined) return complaint;
    }
    return undefined;
  }

  #unknown(directive: Executed, name: string): Objection {
    if (!this.#world.modules.unknown) return invalidCommand(name, directive);
    this.notJudged.push(directive);
    return undefined;
  }

  #invoke(call: Call): Objection {
    const { rule, args, words, directive } = call;
    const complaint = placeComplaint(call) ?? countComplaint(rule, args, words) ?? contextComplaint(call);
    if (complaint !== undefined) return complaint;
    if (!directive.section) return CHECKS.get(rule.key)?.(call);
    const enter = ENTERS.get(rule.key.slice(1));
    if (enter === undefined) {
      this.notJudged.push(directive);
      return undefined;
    }
    const entered = enter(call);
    if ("sentence" in entered) return entered;
    this.#enter(directive, entered);
    return undefined;
  }

  #enter(section: Executed, { where, leave }: EnteredSection): void {
    if (!this.servers.includes(where.server)) this.servers.push(where.server);
    this.#frames.push({ directives: section.children, where, section, leave, at: 0 });
  }
}

function invalidCommand(name: string, directive: Executed): Objection {
  const sentence = `Invalid command '${name}', perhaps misspelled or defined by a module not included in the server configuration`;
  const [home, other] = homesOf(name.toLowerCase());
  const module = other === undefined ? home : undefined;
  return { ...refused(sentence, unknownCommand(name, directive.args)), ...(module === undefined ? {} : { module }) };
}

/** The first thing `invoke_cmd` looks at: whether the directive's table allows the place. */
function placeComplaint(call: Call): Objection {
  if ((call.where.places & call.rule.places) !== 0) return undefined;
  const { parent } = call.directive;
  const named = parent !== undefined && behaves(call.world.httpd, "wrong-place-named");
  const sentence = `${call.rule.name} not allowed ${named ? `in <${parent.name}> context` : "here"}`;
  return refused(sentence, misplaced(call.rule, parent?.name));
}
