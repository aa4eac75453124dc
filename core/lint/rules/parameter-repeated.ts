import { hostKey, wordSpot } from "../conf-view.js";
import type { ConfView, WrittenDirective, WrittenParameter } from "../conf-view.js";
import type { Rule } from "../rule.js";

/** LB: a parameter that is set twice. */
export const parameterRepeated: Rule = {
  id: "parameter-repeated",
  group: "wiring",
  severity: "warning",
  presets: ["recommended"],
  wanted: "A parameter of a balancer or member is set once.",
  why: "The value executed last wins, without a word. The arguments of `<Proxy>` are executed after all that stands in the section, so they beat a ProxySet below them.",
  proof: "the arguments of <Proxy> beat its ProxySet",
  bad: [
    `<Proxy balancer://shop maxattempts=1>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  # wrong
  ProxySet maxattempts=2
</Proxy>
`,
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080 retry=5 loadfactor=2 retry=10
  BalancerMember http://10.0.0.2:8080
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop maxattempts=1>
  BalancerMember http://10.0.0.1:8080 retry=5
  BalancerMember http://10.0.0.2:8080 retry=10
  ProxySet lbmethod=byrequests
</Proxy>
`,
  ],
  fixable: false,
  *check({ conf }) {
    if (conf === undefined) return;
    const pairs = [...conf.named("balancermember").flatMap(repeatedWithin), ...repeatedAmong(executed(conf))];
    for (const [before, set] of pairs) {
      yield {
        at: wordSpot(before.word),
        subject: `${set.key} of ${set.owner}`,
        found: `${before.word.text}, and ${set.word.text} on line ${set.word.place.line}, which wins`,
        fix: "keep the one that is meant",
      };
    }
  },
};

/** A setting, and one behind it that differs. */
type Pair = readonly [before: WrittenParameter, set: WrittenParameter];

/** Members only repeat within their line: another line with the same URL is another finding. */
function repeatedWithin({ parameters }: WrittenDirective): readonly Pair[] {
  const next = new Map<string, WrittenParameter>();
  const pairs: Pair[] = [];
  for (const before of parameters.toReversed()) {
    const set = next.get(before.key);
    next.set(before.key, before);
    if (set !== undefined && set.value !== before.value) pairs.push([before, set]);
  }
  return pairs.toReversed();
}

function repeatedAmong(settings: readonly WrittenParameter[]): readonly Pair[] {
  const last = new Map<string, WrittenParameter>();
  return settings.flatMap((set) => {
    const name = `${set.key} ${set.owner} ${hostKey(set.written)}`;
    const before = last.get(name);
    last.set(name, set);
    return before === undefined || before.value === set.value ? [] : [[before, set] as const];
  });
}

const SETTERS = ["proxyset", "proxypass", "proxypassmatch", "proxyhctemplate"];

/** In the order of the file; the arguments of `<Proxy>` are executed after its body, so they come last. */
function executed({ named }: ConfView): readonly WrittenParameter[] {
  const inOrder = SETTERS.flatMap((name) => named(name)).sort((one, other) => one.order - other.order);
  return [...inOrder, ...named("proxy")].flatMap(({ parameters }) => parameters);
}
