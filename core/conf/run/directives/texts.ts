import { behaves } from "../../../vocabulary/behaviours.js";
import { expressionRefusal } from "../expression/refusal.js";
import type { Objection } from "../refusal.js";
import type { Call, Check } from "./call.js";

/** Directives whose argument is text that may hold variables (`%{...}`), with what each puts before the complaint. */
export const TEXTS: Readonly<Record<string, Check>> = {
  SetHandler: (call) =>
    behaves(call.world.httpd, "handlers-are-expressions")
      ? textComplaint(call, call.words[0] ?? "", () => "Can't parse expression : ")
      : undefined,
  AuthName: inExpression("AuthName"),
  AuthType: inExpression("AuthType"),
  AuthBasicFake: authBasicFake,
};

/** Complains about text that does not parse; `before` puts httpd's words in front. */
export function textComplaint(call: Call, text: string, before: (text: string) => string): Objection {
  return expressionRefusal({ text, kind: "text" }, call.world.modules, before(text));
}

function inExpression(name: string): Check {
  return (call) => (behaves(call.world.httpd, "auth-names-are-expressions") ? nameComplaint(call, name) : undefined);
}

function nameComplaint(call: Call, name: string): Objection {
  return textComplaint(call, call.words[0] ?? "", (text) => `Cannot parse expression '${text}' in ${name}: `);
}

/** `add_basic_fake` of modules/aaa/mod_auth_basic.c. */
function authBasicFake(call: Call): Objection {
  const [user = "", password] = call.words;
  if (user.toLowerCase() === "off") return undefined;
  return (
    textComplaint(call, user, (text) => `Could not parse fake username expression '${text}': `) ??
    textComplaint(call, password ?? "", () => `Could not parse fake password expression associated to user '${user}': `)
  );
}
