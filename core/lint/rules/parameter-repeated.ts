import { wordSpot } from "../conf-view.js";
import type { WrittenParameter } from "../conf-view.js";
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
    const last = new Map<string, WrittenParameter>();
    for (const set of conf === undefined ? [] : executed(conf.parameters)) {
      const name = ownerOf(set);
      const before = last.get(name);
      last.set(name, set);
      if (before === undefined || before.value === set.value) continue;
      yield {
        at: wordSpot(before.word),
        subject: `${set.key} of ${set.owner}`,
        found: `${before.word.text}, and ${set.word.text} on line ${set.word.place.line}, which wins`,
        fix: "keep the one that is meant",
      };
    }
  },
};

/** One parameter of one thing; balancers of virtual hosts are their own. Members only repeat within their line. */
function ownerOf({ key, owner, written }: WrittenParameter): string {
  if (written.name !== "balancermember") {
    for (let around = written.parent; around !== undefined; around = around.parent) {
      if (around.name === "virtualhost") return `${key} ${owner} ${placeOf(around.statement.place)}`;
    }
    return `${key} ${owner}`;
  }
  return `${key} ${owner} ${placeOf(written.statement.place)}`;
}

function placeOf({ file, line }: { readonly file: string; readonly line: number }): string {
  return `${file}:${line}`;
}

/** In the order httpd executes: the arguments of `<Proxy>` after its body. */
function executed(parameters: readonly WrittenParameter[]): readonly WrittenParameter[] {
  const late = parameters.filter(({ written }) => written.name === "proxy");
  return late.length === 0 ? parameters : [...parameters.filter(({ written }) => written.name !== "proxy"), ...late];
}
