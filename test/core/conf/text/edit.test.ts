import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { argumentsOf } from "../../../../core/conf/text/arguments.js";
import { findBalancers, membersIn, putMember, removeMember } from "../../../support/conf/edit-members.js";
import {
  applyEdits,
  insertAfter,
  insertBefore,
  insertInto,
  removeNode,
  removeParameter,
  setParameters,
} from "../../../../core/conf/text/edit.js";
import type { Edit } from "../../../../core/conf/text/edit.js";
import { parse } from "../../../../core/conf/text/parse.js";
import type { Section, Tree } from "../../../../core/conf/text/tree.js";

function balancer(tree: Tree): Section {
  const [section] = findBalancers(tree, "c");
  if (section === undefined) throw new Error("the text has no balancer 'c'");
  return section;
}

/** Everything httpd reads, line by line: names and words. */
function meaning(text: string): readonly string[] {
  const tree = parse(text);
  return tree.lines.flatMap((line, index) => {
    const node = tree.owners[index];
    if (node === undefined || node.kind === "blank" || node.kind === "comment") return [];
    if (node.line !== line) return [`</${node.kind === "section" ? node.name : ""}>`];
    const words = node.kind === "stray" ? [] : argumentsOf(text, node).map((word) => word.text);
    return [
      JSON.stringify([node.kind === "section" ? `<${node.name}` : node.kind === "stray" ? "" : node.name, ...words]),
    ];
  });
}

/** A file of one balancer in a random style. */
const file = fc
  .record({
    newline: fc.constantFrom("\n", "\r\n"),
    indent: fc.constantFrom("", "  ", "    ", "\t", " \t"),
    member: fc.constantFrom("BalancerMember", "balancermember", "BALANCERMEMBER"),
    quote: fc.constantFrom("", '"', "'"),
    gap: fc.constantFrom(" ", "   ", "\t", " \\\n      "),
    members: fc.array(
      fc.record({
        host: fc.integer({ min: 1, max: 4 }),
        words: fc.array(
          fc.constantFrom("retry=5", "RETRY=7", "loadfactor=2", "status=+H", '"route=a b"', "'route=x'", "timeout=30"),
          { maxLength: 3 },
        ),
      }),
      { maxLength: 4 },
    ),
    before: fc.constantFrom("", "# nothing to see\n", "ServerName x\n\n", "\u00e9\u00ff \u0080\n"),
    after: fc.constantFrom("", "  ProxySet lbmethod=byrequests\n", "  # the end\n\n"),
    closed: fc.constantFrom("</Proxy>", "</proxy>", "</Proxy>\nProxyPass / balancer://c/\n", "</Proxy>\n# last"),
  })
  .map(({ newline, indent, member, quote, gap, members, before, after, closed }) => {
    const lines = members.map(({ host, words }) => {
      const url = `${quote}http://h${host}:80${host}0${quote}`;
      return `${indent}${member}${gap}${[url, ...words].join(gap)}\n`;
    });
    const text = `${before}<Proxy balancer://C>\n${lines.join("")}${after}${closed}`;
    return text.replace(/\r?\n/g, newline);
  });

const value = fc.constantFrom("10", "0", "a b", 'say "x"', "back\\slash", "it's", "x>y", "", "+H");
const key = fc.constantFrom("retry", "route", "loadfactor", "timeout", "status", "ping");

/** Bytes outside of the edited ranges, in order. */
function outside(text: string, edits: readonly Edit[]): string {
  return applyEdits(
    text,
    edits.map((edit) => ({ ...edit, text: "" })),
  );
}

describe("edits", () => {
  it("are made at their offsets, insertions at one place in the order given", () => {
    const edits = [
      { start: 2, end: 2, text: "X" },
      { start: 0, end: 1, text: "" },
      { start: 2, end: 2, text: "Y" },
    ];
    expect(applyEdits("abc", edits)).toBe("bXYc");
  });

  it("throw when they overlap or leave the text", () => {
    const twice = [
      { start: 0, end: 2, text: "" },
      { start: 1, end: 3, text: "" },
    ];
    expect(() => applyEdits("abc", twice)).toThrow(RangeError);
    expect(() => applyEdits("abc", [{ start: 3, end: 4, text: "" }])).toThrow(RangeError);
  });
});

describe("a changed parameter", () => {
  it("leaves every other byte, is what httpd then reads, and is not changed twice", () => {
    fc.assert(
      fc.property(file, key, value, fc.nat(), (text, name, setting, pick) => {
        const members = membersIn(parse(text), balancer(parse(text)));
        if (members.length === 0) return;
        const index = pick % members.length;
        const node = members[index]!.node;
        const edits = setParameters(parse(text), node, { [name]: setting });
        const after = applyEdits(text, edits);
        expect(after.length - edits.reduce((sum, edit) => sum + edit.text.length, 0)).toBe(outside(text, edits).length);

        const tree = parse(after);
        const changed = membersIn(tree, balancer(tree))[index]!.node;
        const given = argumentsOf(after, changed).findLast((word) => word.text.toLowerCase().startsWith(`${name}=`));
        expect(given?.text.slice(name.length + 1)).toBe(setting);
        const others = (source: string) => {
          const lines = meaning(source);
          const own = lines.flatMap((line, at) => (/^\["balancermember/i.test(line) ? [at] : []))[index];
          return lines.filter((_line, at) => at !== own);
        };
        expect(others(after)).toEqual(others(text));
        expect(setParameters(tree, changed, { [name]: setting })).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it("is gone when it is taken out, with nothing else", () => {
    fc.assert(
      fc.property(file, key, fc.nat(), (text, name, pick) => {
        const members = membersIn(parse(text), balancer(parse(text)));
        if (members.length === 0) return;
        const index = pick % members.length;
        const node = members[index]!.node;
        const after = applyEdits(text, removeParameter(parse(text), node, name));
        const tree = parse(after);
        const changed = membersIn(tree, balancer(tree))[index]!.node;
        const words = (source: string, at: typeof node) => argumentsOf(source, at).map((word) => word.text);
        const kept = words(text, node).filter((word) => !word.toLowerCase().startsWith(`${name}=`));
        expect(words(after, changed)).toEqual(kept);
        expect(removeParameter(tree, changed, name)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it("is put on the line of a section", () => {
    const text = "<Proxy  balancer://c >\n</Proxy>\n";
    const edits = setParameters(parse(text), balancer(parse(text)), { lbmethod: "bybusyness" });
    expect(applyEdits(text, edits)).toBe("<Proxy  balancer://c lbmethod=bybusyness >\n</Proxy>\n");
  });

  it("closes a quote that httpd would have closed at the end of the line", () => {
    const text = '<Proxy balancer://c>\nBalancerMember http://h "route=a\n</Proxy>\n';
    const [member] = membersIn(parse(text), balancer(parse(text)));
    const edits = setParameters(parse(text), member!.node, { retry: "1", ping: "2" });
    expect(applyEdits(text, edits).split("\n")[1]).toBe('BalancerMember http://h "route=a" retry=1 ping=2');
  });
});

describe("a member", () => {
  it("that is put into a balancer stands behind the others, in their style, once", () => {
    fc.assert(
      fc.property(file, fc.integer({ min: 1, max: 6 }), value, (text, host, setting) => {
        const url = `http://h${host}:80${host}0`;
        const edits = putMember(parse(text), balancer(parse(text)), url, { route: setting });
        const after = applyEdits(text, edits);
        const tree = parse(after);
        const urls = membersIn(tree, balancer(tree)).map((member) => member.url);
        const before = membersIn(parse(text), balancer(parse(text))).map((member) => member.url);
        expect(urls).toEqual(before.includes(url) ? before : [...before, url]);
        expect(outside(text, edits).length).toBe(after.length - edits.reduce((sum, edit) => sum + edit.text.length, 0));
        expect(after.replaceAll("\r\n", "").includes("\n")).toBe(!after.includes("\r\n"));
        expect(putMember(tree, balancer(tree), url, { route: setting })).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it("that is taken out takes its lines with it and nothing else", () => {
    fc.assert(
      fc.property(file, fc.integer({ min: 1, max: 4 }), (text, host) => {
        const url = `http://h${host}:80${host}0`;
        const after = applyEdits(text, removeMember(parse(text), balancer(parse(text)), url));
        const kept = meaning(text).filter((line) => !line.includes(`"${url}"`));
        expect(meaning(after)).toEqual(kept);
        expect(removeMember(parse(after), balancer(parse(after)), url)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it("copies indent, case and quotes of its neighbour", () => {
    const text = '<Proxy "balancer://c">\r\n\tBALANCERMEMBER "http://a" "retry=1"\r\n</Proxy>\r\n';
    const edits = putMember(parse(text), balancer(parse(text)), "http://b", { retry: "2" });
    expect(applyEdits(text, edits)).toBe(
      '<Proxy "balancer://c">\r\n\tBALANCERMEMBER "http://a" "retry=1"\r\n\tBALANCERMEMBER "http://b" "retry=2"\r\n</Proxy>\r\n',
    );
  });
});

describe("a directive", () => {
  const directive = { name: "ProxySet", words: ["nofailover=On"] };

  it("stands behind a section that is not closed and has no end of line", () => {
    const text = "<Proxy balancer://c>\n  BalancerMember http://a";
    const tree = parse(text);
    expect(applyEdits(text, insertAfter(tree, balancer(tree), directive))).toBe(`${text}\nProxySet nofailover=On`);
  });

  it("is put in front of a node, into an empty section, and taken out again", () => {
    const text = "  <Proxy balancer://c>\n  </Proxy>\n";
    const tree = parse(text);
    expect(applyEdits(text, insertBefore(tree, balancer(tree), directive))).toBe(`  ProxySet nofailover=On\n${text}`);
    const filled = applyEdits(text, insertInto(tree, balancer(tree), directive));
    expect(filled).toBe("  <Proxy balancer://c>\n      ProxySet nofailover=On\n  </Proxy>\n");
    const [child] = balancer(parse(filled)).children;
    expect(applyEdits(filled, removeNode(parse(filled), child!))).toBe(text);
    expect(applyEdits(text, removeNode(tree, balancer(tree)))).toBe("");
  });
});
