import type { Dice } from "../configtest.fragments.js";

const WORDS = ["1", "-5", "'a'", "%{HTTP_HOST}", "$1", "'x%{REQUEST_URI}y$2'", "req('a')", '"b"', "%{HTTP:%{ENV:b}c}"];
const TESTS = [
  "true",
  "-f '/x'",
  "-T %{HTTPS}",
  "1 in {'a', 2}",
  "$1 =~ m#b#i",
  "'a' !~ /b/",
  "%{TIME} -ipmatch '10.1/16'",
];
const STRAYS = (
  "true|not|!|(|)|&&|or|-eq|in|-ipmatch|-foo|-q|-R|'::1'|%{nosuch}|%{foo:a}|foo(|tolower(|{|}|,|:|.|@|&|ab_1|/(/|m/c|" +
  "'\\12'|'\\9'|=~|==|!=|<|%{HC_BODY}|%{SSL_X}|m_x_|%{HTTP_HOST|%{}|'unended"
).split("|");

/** A directive with an expression in it, good or with a token too much or too few. */
export function expressionFragment(dice: Dice): string {
  const tokens = condition(dice, 0);
  for (const token of dice.some(2, () => dice.pick(STRAYS))) tokens.splice(dice.below(tokens.length + 1), 0, token);
  if (dice.once(6)) tokens.splice(dice.below(tokens.length), 1);
  const bare = tokens.join(" ");
  const text = `"${bare.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
  return dice.pick([
    `<If ${text}>\n    Header unset X\n</If>\n<ElseIf ${text}>\n</ElseIf>`,
    `Header set X ${text.replace('"', '"expr=')}`,
    `Header set X Y ${text.replace('"', '"expr=')}`,
    `SetEnvIfExpr ${text} x`,
    `ProxyHCExpr x {${bare}}`,
    `RewriteCond expr ${text}`,
    `ErrorDocument 503 ${text}`,
    `<Location /x>\n    Require expr ${bare}\n</Location>`,
    `<Location /x>\n    Redirect ${text}\n</Location>`,
    `<Location /x>\n    Require host ${text}\n    AuthName ${text}\n</Location>`,
  ]);
}

function condition(dice: Dice, depth: number): string[] {
  const kind = dice.below(depth > 2 ? 5 : 8);
  if (kind === 0) return [dice.pick(TESTS)];
  if (kind < 5) return [dice.pick(WORDS), dice.pick(["==", "!=", "<", "-eq", "ge", "-strmatch"]), dice.pick(WORDS)];
  if (kind === 5) return ["(", ...condition(dice, depth + 1), ")"];
  if (kind === 6) return ["!", ...condition(dice, depth + 1)];
  return [...condition(dice, depth + 1), dice.pick(["&&", "||", "and", "or"]), ...condition(dice, depth + 1)];
}
