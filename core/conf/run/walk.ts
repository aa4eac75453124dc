import { countComplaint } from "./arity.js";
import { CHECKS, ENTERS } from "./directives/checks.js";
import { PLACE } from "./modules/command-tables.js";
import { contextComplaint } from "./directives/contexts.js";
import { ServerState } from "./directives/server-state.js";
import type { Call, EnteredSection, Where, World } from "./directives/call.js";
import type { Executed } from "./executed.js";

/** What may stand outside of sections: `(RSRC_CONF | OR_ALL) & ~(OR_AUTHCFG | OR_LIMIT)`. */
const IN_SERVER = (PLACE.server | PLACE.all) & ~(PLACE.authcfg | PLACE.limit);

/** What executing a configuration came to. */
export interface Walked {
  /** The first complaint, and the directive it is about. */
  readonly complaint?: { readonly message: string; readonly directive: Executed };
  /** Directives of modules that are not known here: accepted, not judged. */
  readonly notJudged: readonly Executed[];
  /** Main server first, then virtual hosts, as far as they were reached. */
  readonly servers: readonly ServerState[];
}

/** A list of directives being executed, and what follows its last one. */
interface Frame {
  readonly directives: readonly Executed[];
  readonly where: Where;
  readonly section: Executed | undefined;
  readonly leave: (() => string | undefined) | undefined;
  at: number;
}

/**
 * Executes directives as `ap_walk_config` does (server/config.c): in file order, the content of a section before its
 * arguments, up to the first complaint.
 */
export function walk(directives: readonly Executed[], world: World): Walked {
  const main = new ServerState(false);
  const servers = [main];
  const notJudged: Executed[] = [];
  const where: Where = { places: IN_SERVER, server: main, ifs: { last: undefined } };
  const frames: Frame[] = [{ directives, where, section: undefined, leave: undefined, at: 0 }];
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    const directive = frame.directives[frame.at];
    frame.at += 1;
    const message = directive === undefined ? frame.leave?.() : execute(directive, frame.where);
    if (directive === undefined) frames.pop();
    const blamed = directive ?? frame.section;
    if (message !== undefined && blamed !== undefined)
      return { complaint: { message, directive: blamed }, notJudged, servers };
  }
  return { notJudged, servers };

  function execute(directive: Executed, here: Where): string | undefined {
    const name = directive.section ? `<${directive.name}` : directive.name;
    const rules = world.modules.rules(name);
    if (rules.length === 0) return unknown(directive, name);
    for (const rule of rules) {
      const complaint = invoke({ directive, rule, args: directive.args, where: here, world });
      if (complaint !== undefined) return complaint;
    }
    return undefined;
  }

  function unknown(directive: Executed, name: string): string | undefined {
    if (!world.modules.unknown) return invalidCommand(name);
    notJudged.push(directive);
    return undefined;
  }

  function invoke(call: Call): string | undefined {
    const complaint = placeComplaint(call) ?? countComplaint(call.rule, call.args) ?? contextComplaint(call);
    if (complaint !== undefined) return complaint;
    if (!call.directive.section) return CHECKS.get(call.rule.key)?.(call);
    const enter = ENTERS.get(call.rule.key.slice(1));
    if (enter === undefined) {
      notJudged.push(call.directive);
      return undefined;
    }
    const entered = enter(call);
    if (typeof entered === "string") return entered;
    push(call.directive, entered);
    return undefined;
  }

  function push(section: Executed, entered: EnteredSection): void {
    if (!servers.includes(entered.where.server)) servers.push(entered.where.server);
    frames.push({ directives: section.children, where: entered.where, section, leave: entered.leave, at: 0 });
  }
}

function invalidCommand(name: string): string {
  return `Invalid command '${name}', perhaps misspelled or defined by a module not included in the server configuration`;
}

/** The first thing `invoke_cmd` looks at: whether the directive's table allows the place. */
function placeComplaint(call: Call): string | undefined {
  if ((call.where.places & call.rule.places) !== 0) return undefined;
  const { parent } = call.directive;
  return `${call.rule.name} not allowed ${parent === undefined ? "here" : `in <${parent.name}> context`}`;
}
