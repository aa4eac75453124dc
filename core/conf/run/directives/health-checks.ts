import { cutWord } from "../../../httpd/word.js";
import { expressionRefusal } from "../expression/refusal.js";
import { onTemplate, settingMend, settingOf } from "./proxy-parameters.js";
import type { SetValue } from "../effects.js";
import { refused, reworded } from "../refusal.js";
import type { Check } from "./call.js";

/** Longest name of an expression, in bytes. */
const LONGEST_NAME = 15;

/** Directives of mod_proxy_hcheck: modules/proxy/mod_proxy_hcheck.c. */
export const HEALTH_CHECKS: Readonly<Record<string, Check>> = {
  ProxyHCTemplate(call) {
    const [name = "", ...words] = call.words;
    if (name === "") {
      const mend = "write a name of your own in front: ProxyHCTemplate tcp5 hcmethod=TCP hcinterval=5";
      return refused("Missing template name for ProxyHCTemplate", mend);
    }
    call.where.server.healthCheckTemplates.add(name.toLowerCase());
    const read = onTemplate(call);
    const settings: SetValue[] = [];
    for (const [index, word] of words.entries()) {
      const setting = settingOf(word, index + 1);
      if (setting === undefined) {
        const sentence = "Invalid ProxyHCTemplate parameter. Parameter must be in the form 'key=value'";
        return refused(sentence, settingMend(words, index), word);
      }
      const value = read(setting);
      const where = `${setting.key}=${setting.value}; ${name}`;
      if ("sentence" in value) return reworded(value, (sentence) => `ProxyHCTemplate: ${sentence} ${where}`);
      settings.push({ ...value, at: setting.at });
    }
    call.world.heard?.(call.directive, { kind: "template", name, settings });
    return undefined;
  },
  ProxyHCExpr(call) {
    const name = cutWord(call.args, 0);
    const mend = "write ProxyHCExpr ok234 {%{REQUEST_STATUS} =~ /^[234]/}";
    if (name === undefined || name.text === "") return refused("Missing expression name for ProxyHCExpr", mend);
    if (name.text.length > LONGEST_NAME) {
      const shorter = `shorten ${name.text} to ${LONGEST_NAME} characters, here and where hcexpr= names it`;
      return refused(`Expression name limited to ${LONGEST_NAME} characters`, shorter, name.text);
    }
    const expression = cutBraced(call.args, name.next);
    if (expression.text === "") return refused("Missing expression for ProxyHCExpr", mend);
    const { text } = expression;
    const complaint = expressionRefusal({ text }, call.world.modules, `Could not parse expression "${text}": `);
    if (complaint !== undefined) return complaint;
    call.where.server.healthCheckExpressions.add(name.text.toLowerCase());
    const extra = cutWord(call.args, expression.next);
    if (extra === undefined || extra.text === "") return undefined;
    return refused("error: extra parameter(s)", "put the whole expression into one pair of braces: {...}", extra.text);
  },
};

/**
 * `ap_getword_conf2` (server/util.c): like a word, but `{` quotes up to the `}` that balances it. A backslash keeps no
 * brace from counting; two are one (measured on 2.4.71).
 */
export function cutBraced(text: string, from: number): { readonly text: string; readonly next: number } {
  const first = cutWord(text, from);
  if (first === undefined) return { text: "", next: text.length };
  if (text[first.start] !== "{") return first;
  let depth = 1;
  let at = first.start + 1;
  for (; at < text.length; at += 1) {
    const character = text[at];
    if (character === "{") depth += 1;
    if (character === "}") depth -= 1;
    if (depth === 0) break;
  }
  return { text: text.slice(first.start + 1, at).replaceAll("\\\\", "\\"), next: Math.min(at + 1, text.length) };
}
