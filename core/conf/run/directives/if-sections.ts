import { cutWord } from "../../../httpd/word.js";
import { missingArguments, sectionArguments, unclosedBracket } from "./call.js";
import { expressionComplaint } from "../expression/complaint.js";
import { IN_SECTION } from "./sections.js";
import type { Enter, IfScope } from "./call.js";

/** `<If>`, `<ElseIf>` and `<Else>`: `ifsection` of server/core.c. */
export const ifSection: Enter = (call) => {
  const args = sectionArguments(call.args);
  if (args === undefined) return unclosedBracket(call);
  const kind = call.rule.name.slice(1).toLowerCase();
  const word = cutWord(args, 0);
  if (kind === "else") {
    if (word !== undefined) return `${call.rule.name}> does not take an argument`;
  } else {
    if (word === undefined) return missingArguments(call);
    const complaint = expressionComplaint(word.text, call.world.modules);
    if (complaint !== undefined) return `Cannot parse condition clause: ${complaint}`;
  }
  const rest = kind === "else" ? "" : args.slice(word?.next ?? args.length);
  const scope = call.where.ifs;
  return {
    where: { ...call.where, places: IN_SECTION, path: "*If", ifs: { last: undefined } },
    leave() {
      const complaint = orderComplaint(scope, kind);
      if (complaint !== undefined) return complaint;
      return rest === "" ? undefined : `Multiple ${call.rule.name}> arguments not supported.`;
    },
  };
};

function orderComplaint(scope: IfScope, kind: string): string | undefined {
  const previous = scope.last;
  const fits = kind === "if" || previous === "if" || previous === "elseif";
  if (!fits) return "<Else> or <ElseIf> section without previous <If> or <ElseIf> section in same scope";
  scope.last = kind;
  return undefined;
}
