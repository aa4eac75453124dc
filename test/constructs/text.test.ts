import { Lazy, TerraformOutput, TerraformVariable, Testing } from "cdktf";
import type { TerraformStack } from "cdktf";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { piecesOfText, terraformText, textOf, tokenOf } from "../../constructs/text.js";
import { project } from "../support/synthesis.js";

/** A string as it stands in cdk.tf.json. */
function written(stack: TerraformStack, value: string): unknown {
  new TerraformOutput(stack, "probe", { value });
  const { output } = JSON.parse(Testing.synth(stack)) as { output: { probe: { value: unknown } } };
  return output.probe.value;
}

describe("text between cdktf and the description", () => {
  test("a literal string is literal text", () => {
    expect(textOf(project().stack("shop"), "http://app1:8080", "shop/a/url")).toBe("http://app1:8080");
  });

  test("a token becomes a hole that is named by its origin; the text around it stays literal", () => {
    const stack = project().stack("shop");
    const host = new TerraformVariable(stack, "host", {}).stringValue;
    const port = new TerraformVariable(stack, "port", {}).stringValue;
    const text = textOf(stack, `http://${host}:${port}/app`, "shop/a/url");
    expect(text).toEqual(["http://", { deferred: "shop/a/url/1" }, ":", { deferred: "shop/a/url/3" }, "/app"]);
    const holes = piecesOfText(text).filter((piece) => typeof piece !== "string");
    const tokens = holes.map((hole) => tokenOf(stack, hole)).join(" ");
    expect(written(stack, tokens)).toBe("${var.host} ${var.port}");
  });

  test("a text that is one token is one hole", () => {
    const stack = project().stack("shop");
    const url = new TerraformVariable(stack, "url", {}).stringValue;
    expect(textOf(stack, url, "shop/a/url")).toEqual([{ deferred: "shop/a/url/0" }]);
  });

  test("httpd's own ${ and %{ are escaped for Terraform, tokens are not", () => {
    const stack = project().stack("shop");
    const host = new TerraformVariable(stack, "host", {}).stringValue;
    const text = ["Header set Server ${NAME} %{UNIQUE_ID}e $${x} ", ...piecesOfText(textOf(stack, host, "shop/host"))];
    expect(written(stack, terraformText(stack, text))).toBe(
      "Header set Server $${NAME} %%{UNIQUE_ID}e $$${x} ${var.host}",
    );
  });

  test("text without an opening of a template is written as it is", () => {
    const stack = project().stack("shop");
    const harmless = fc.string({ unit: "binary" }).filter((text) => !/[$%]\{/.test(text));
    fc.assert(
      fc.property(harmless, (text) => {
        expect(terraformText(stack, text)).toBe(text);
      }),
    );
  });

  test("a hole of another construct tree is refused with its name", () => {
    const stack = project().stack("shop");
    const text = textOf(stack, Lazy.stringValue({ produce: () => "x" }), "shop/a/url");
    expect(() => terraformText(project().stack("shop"), text)).toThrow("no value is known for the hole 'shop/a/url/0'");
  });
});
