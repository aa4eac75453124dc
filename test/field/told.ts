import { expect } from "vitest";
import { runCommand } from "../support/command.js";

/** What an operator has in front of him. */
export interface Situation {
  /** The httpd.conf: `httpd.conf`. */
  readonly conf: string;
  /** A scenario: `scenario.yaml`. @default - none */
  readonly scenario?: string;
}

/** How an answer ends to a question that names no httpd. */
const FOR = "for httpd 2.4.71 (the default; --httpd names another)\n";

/**
 * What a command prints to an operator with a terminal of 80 columns; of a text without its last line: the httpd that it
 * is for, which every answer has.
 */
export async function told({ conf, scenario = "" }: Situation, ...words: readonly string[]): Promise<string> {
  const files = { "httpd.conf": conf, "scenario.yaml": scenario };
  const { stdout } = await runCommand(words, files, { width: 80 });
  if (words.includes("--json")) return stdout;
  expect(stdout.endsWith(FOR)).toBe(true);
  return stdout.slice(0, -FOR.length);
}

/** Expects that a repair gives another file, and that a second repair has nothing left to do. */
export async function expectRepaired({ conf }: Situation, right: string): Promise<void> {
  const once = await runCommand(["lint", "httpd.conf", "--fix"], { "httpd.conf": conf });
  expect(once.files["httpd.conf"]).toBe(right);
  const twice = await runCommand(["lint", "httpd.conf", "--fix"], once.files);
  expect(twice.files).toEqual(once.files);
}
