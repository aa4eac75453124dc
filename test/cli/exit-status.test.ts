import { describe, expect, it, test } from "vitest";
import { runCommand } from "../support/command.js";

/** No YAML; a spec with a value that is wrong. */
const FILES = {
  "torn.yaml": "clusters: { c: { members: { a: http://a:1 }\n",
  "wrong.yaml": "clusters: { c: { lodfactor: 1, members: { a: http://a:1 } } }\n",
  "torn.json": '{ "clusters": {',
  "sound.yaml": "clusters: { c: { members: { a: http://a:1, b: http://b:1 }, maxattempts: 3 } }\n",
  "scenario.yaml": "steps: [ { request: 1 ]\n",
  "node.xml": "no element at all",
};

describe("a file that is no YAML or JSON could not be read: status 2, with its place", () => {
  it.each(["lint", "check", "explain", "render --out o", "review --format json sound.yaml"])("%s", async (words) => {
    for (const file of ["torn.yaml", "torn.json"]) {
      const { status, stdout, stderr } = await runCommand([...words.split(" "), file], FILES);
      expect([words, file, status]).toEqual([words, file, 2]);
      expect(stdout + stderr).toMatch(new RegExp(`torn\\.\\w+:\\d:\\d+`));
    }
  });

  it("a scenario, and a server's own file", async () => {
    const played = await runCommand(["simulate", "sound.yaml", "--scenario", "scenario.yaml"], FILES);
    expect([played.status, played.stderr]).toEqual([2, expect.stringContaining("scenario.yaml:1")]);
    const beside = await runCommand(["lint", "sound.yaml", "--node", "node.xml"], FILES);
    expect([beside.status, beside.stderr]).toEqual([2, expect.stringContaining("node.xml:1:1")]);
  });
});

describe("a spec that was read and says what it may not is refused: status 1", () => {
  it.each(["lint", "check", "explain", "render --out o"])("%s", async (words) => {
    const { status, stdout, stderr } = await runCommand([...words.split(" "), "wrong.yaml"], FILES);
    expect([words, status]).toEqual([words, 1]);
    expect(stdout + stderr).toContain("lodfactor");
  });
});

test("a configuration that was not read to its end is told as one, and lint ends as the others do", async () => {
  const conf = Array.from({ length: 30 }, (_, at) => `Define D${at + 1} "\${D${at}}\${D${at}}\${D${at}}\${D${at}}"\n`);
  const files = { "a.conf": `Define D0 x\n${conf.join("")}ServerAdmin \${D30}\n` };
  for (const words of [["lint"], ["configtest"], ["explain"]]) {
    const { status, stdout, stderr } = await runCommand([...words, "a.conf"], files);
    expect([words, status]).toEqual([words, 2]);
    expect(stdout + stderr).toContain("the configuration comes to more than");
  }
});
