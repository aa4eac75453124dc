import { cutWord } from "../../../httpd/word.js";
import { missingArguments, sectionArguments, unclosedBracket } from "./call.js";
import { expressionRefusal } from "../expression/refusal.js";
import { refused } from "../refusal.js";
import type { Objection } from "../refusal.js";
import { IN_SECTION } from "./sections.js";
import type { Enter, IfScope } from "./call.js";

/** `<If>`, `<ElseIf>` and `<Else>`: `ifsection` of server/core.c. */
export const ifSection: Enter = (call) => {
  const args = sectionArguments(call.args);
  if (args === undefined) return unclosedBracket(call);
  const kind = call.rule.name.slice(1).toLowerCase();
  const word = cutWord(args, 0);
  if (kind === "else") {
    if (word !== undefined) {
      return refused(
        `${call.rule.name}> does not take an argument`,
        "write <Else>, or <ElseIf ...> for one more condition",
      );
    }
  } else {
    if (word === undefined) return missingArguments(call);
    const complaint = expressionRefusal(word, call.world.modules, "Cannot parse condition clause: ");
    if (complaint !== undefined) return complaint;
  }
  const rest = kind === "else" ? "" : args.slice(word?.next ?? args.length);
  const scope = call.where.ifs;
  return {
    where: { ...call.where, places: IN_SECTION, path: "*If", ifs: { last: undefined } },
    leave() {
      const complaint = orderComplaint(scope, kind);
      if (complaint !== undefined) return complaint;
      if (rest === "") return undefined;
      const mend = `put the whole condition in double quotes: ${call.rule.name} "...">`;
      return refused(`Multiple ${call.rule.name}> arguments not supported.`, mend);
    },
  };
};

function orderComplaint(scope: IfScope, kind: string): Objection {
  const previous = scope.last;
  const fits = kind === "if" || previous === "if" || previous === "elseif";
  if (!fits) {
    const sentence = "<Else> or <ElseIf> section without previous <If> or <ElseIf> section in same scope";
    return refused(sentence, "put it right behind the </If> it belongs to, in the same section");
  }
  scope.last = kind;
  return undefined;
}
