import type { EffectListener } from "../effects.js";
import type { Executed } from "../executed.js";
import type { CommandRule } from "../../../vocabulary/command-tables.js";
import type { ServerState } from "./server-state.js";
import type { LoadedModules } from "../modules/loaded.js";
import type { ConfReader } from "../reader.js";
import { refused } from "../refusal.js";
import type { Objection, Refusal } from "../refusal.js";
import type { HttpdVersion } from "../../../vocabulary/versions.js";

/** Where httpd is while it executes a directive: the part of `cmd_parms` that changes from section to section. */
export interface Where {
  /** Bits of {@link PLACE} that are allowed here. */
  readonly places: number;
  /** What the section is about; undefined in a server. */
  readonly path?: string;
  /** Methods left by `<Limit>`, undefined outside of it. */
  readonly limited?: LimitedMethods;
  /** `<If>` sections of the scope so far. */
  readonly ifs: IfScope;
  /** The innermost `<RequireAll>`, `<RequireAny>` or `<RequireNone>`. */
  readonly authorization?: AuthorizationScope;
  /** The main server or a virtual host. */
  readonly server: ServerState;
}

/** Some methods, or all but some. */
export interface LimitedMethods {
  readonly except: boolean;
  readonly names: ReadonlySet<string>;
}

/** Remembers the last `<If>`, `<ElseIf>` or `<Else>` of a scope, for the next one. */
export interface IfScope {
  last: string | undefined;
}

/** Counts what stands in an authorization section. */
export interface AuthorizationScope {
  /** For example `<RequireAll>`. */
  readonly name: string;
  count: number;
}

/** A directive about to be executed. */
export interface Call {
  readonly directive: Executed;
  readonly rule: CommandRule;
  /** The text behind the name. */
  readonly args: string;
  /** Its words; of a section those before its last `>`. */
  readonly words: readonly string[];
  readonly where: Where;
  readonly world: CallWorld;
}

/** What does not change from directive to directive. */
export interface CallWorld {
  /** The httpd that reads. */
  readonly httpd: HttpdVersion;
  readonly modules: LoadedModules;
  readonly reader: ConfReader;
  readonly serverRoot: string;
  /** True where files and folders that this machine lacks are no fault of the configuration: it runs elsewhere. */
  readonly elsewhere: boolean;
  /** Hears what directives do; nothing is told where nobody listens. */
  readonly heard?: EffectListener;
  /** Names that `<AuthzProviderAlias>` has given so far. */
  readonly authzAliases: Set<string>;
}

/** What a directive says about its arguments: httpd's complaint, or undefined when it is content. */
export type Check = (call: Call) => Objection;

/** A section: what changes for what stands in it, or a complaint before that is executed. */
export type Enter = (call: Call) => EnteredSection | Refusal;

/** A section that has been entered. */
export interface EnteredSection {
  readonly where: Where;
  /** What the section says after its content has been executed. */
  readonly leave?: () => Objection;
}

/** The text between the name of a section and its last `>`; undefined when there is no `>`. */
export function sectionArguments(args: string): string | undefined {
  const end = args.lastIndexOf(">");
  return end < 0 ? undefined : args.slice(0, end);
}

/** What mends a section without `>`. */
export const CLOSE_BRACKET = "end the line in >";

/** httpd's complaint about a section without `>`. */
export function unclosedBracket(call: Call): Refusal {
  return refused(`${call.rule.name}> directive missing closing '>'`, CLOSE_BRACKET);
}

/** httpd's complaint about a section with nothing between its name and `>`. */
export function missingArguments(call: Call): Refusal {
  const example = SECTION_EXAMPLES[call.rule.key] ?? `${call.rule.name} ...>`;
  return refused(`${call.rule.name}> directive requires additional arguments`, `say what it is about: ${example}`);
}

/** Sections as people write them, by name in lower case. */
const SECTION_EXAMPLES: Readonly<Record<string, string>> = {
  "<virtualhost": "<VirtualHost *:80>",
  "<location": "<Location /app>",
  "<locationmatch": '<LocationMatch "^/app">',
  "<directory": "<Directory /srv/www>",
  "<directorymatch": '<DirectoryMatch "^/srv">',
  "<files": "<Files secret.txt>",
  "<filesmatch": '<FilesMatch "[.]inc$">',
  "<limit": "<Limit POST>",
  "<limitexcept": "<LimitExcept GET>",
  "<authzprovideralias": '<AuthzProviderAlias ip office "10.0.0.0/8">',
  "<if": "<If \"%{HTTP_HOST} == 'www.example.com'\">",
  "<elseif": "<ElseIf \"%{HTTP_HOST} == 'www.example.com'\">",
};
