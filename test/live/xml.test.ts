import { describe, expect, it } from "vitest";
import { childAt, readXml } from "../../live/xml.js";

describe("readXml", () => {
  it("reads elements without their prefixes, with text and entities", () => {
    const root = readXml(`<?xml version="1.0"?>\n<a:r xmlns:a="u"> <a:x>1 &lt; 2 &amp; 3</a:x><a:y/></a:r>`);
    expect(root?.name).toBe("r");
    expect(root?.children).toEqual([
      { name: "x", text: "1 < 2 & 3", children: [] },
      { name: "y", text: "", children: [] },
    ]);
  });

  it("finds the first child down a path", () => {
    const root = readXml("<r><a><b>1</b><b>2</b></a></r>")!;
    expect(childAt(root, "a", "b")?.text).toBe("1");
    expect(childAt(root, "a", "c", "d")).toBeUndefined();
  });

  it("reads names as httpd writes them, which is without escaping", () => {
    expect(readXml("<r><n>http://a:1/x&y;z</n><n>http://b:1/&amp</n></r>")?.children.map(({ text }) => text)).toEqual([
      "http://a:1/x&y;z",
      "http://b:1/&amp",
    ]);
  });

  it("leaves a name as it is, whatever it looks like", () => {
    const source = "<h:r><h:name>http://a/x&lt;y</h:name><h:route>1&lt;2</h:route><h:name>a<b</h:name></h:r>";
    expect(readXml(source)?.children.map(({ name, text }) => [name, text])).toEqual([
      ["name", "http://a/x&lt;y"],
      ["route", "1<2"],
      ["name", "a<b"],
    ]);
  });

  it.each(["<a><b></a>", "<a>", "</a>", ""])("is undefined for %j", (text) => {
    expect(readXml(text)).toBeUndefined();
  });
});
