import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const SSH = "constructs/targets/ssh";
const LIVE = `${SSH}-live.real`;
const FAULTS = `${SSH}-faults.real`;
const RED_HAT = `${SSH}-red-hat.real`;
const TARGET = `${SSH}-target.real`;
const DEPLOYS = `${SSH}-deploys.real`;

/** What is asked of hosts and deploys, and where each is held: a file below `test`, and words of a title or row in it. */
const ROWS: Readonly<Record<string, readonly (readonly [row: string, file: string, held: string])[]>> = {
  "what a host must have": [
    ["the plan of a front", "core/host/front-plan", "what it listens on, what it has to reach"],
    [
      "a script from nothing to serving",
      "core/host/forms/shell.real",
      "brings an empty host to serving, changes nothing",
    ],
    [
      "ports and members behind a firewall",
      "core/host/forms/shell.real",
      "says what a firewall keeps from it, in and out",
    ],
    ["shellcheck", "core/host/forms/shellcheck.real", "is POSIX shell to which shellcheck has nothing to say"],
    ["the contract, by LocalTarget and SshTarget", "constructs/testing/target-contract", "is kept by %s"],
    [
      "the contract, by VM, Docker, Kubernetes",
      "constructs/targets/machine-targets",
      "%s keeps the contract of targets",
    ],
    ["the contract, by AWS", "constructs/targets/aws-target", "targetContract"],
  ],
  "the deploy to a host": [
    ["one allowed command", TARGET, "by an unprivileged user with one command"],
    ["the bytes that were made; an empty second plan", TARGET, "brings the very bytes that were synthesized"],
    ["a readable difference; the last files stay", TARGET, "a changed weight is one changed line of the plan"],
    ["tested there, and back where it does not serve", TARGET, "and one that does not serve goes back"],
    ["an edit by hand", TARGET, "a file that was edited by hand is shown and kept"],
    ["one front after another", TARGET, "are rolled one after another"],
    ["a failure stops the roll", TARGET, "says which fronts run what; the next apply goes on"],
    ["destroy", TARGET, "destroy restores what was there"],
    ["a host that leaves the list", TARGET, "is as it was before its first deploy"],
    ["Red Hat's layout, SELinux, firewalld", RED_HAT, "SELinux is told what a front needs"],
    ["at most 20 lines", "project/ssh-docs.real", "show it in at most 20 lines"],
    [
      "an existing front, from import to a changed weight",
      "project/ssh-docs.real",
      "existing-front.md goes from import",
    ],
  ],
  "what is live": [
    ["drift", "cli/drift.real", "finds a live drain, a live weight and a live lbmethod"],
    ["declared, deployed and live", "cli/drift.real", "compares the file on the front as a third state"],
    ["what drift adopts", "cli/drift.real", "adopts what an operator changed"],
    ["a closed manager, or none", "cli/drift.real", "says why it cannot look"],
    ["every httpd 2.4", "cli/runbook-script.real", "runbook --run drains, reads back, and drift sees it"],
    ["a change that did not happen", "cli/runbook-script.real", "when httpd answers 200 and takes no change"],
    ["names as they are", "live/change.real", "are read letter by letter, by the program and by the scripts"],
    ["refused", LIVE, "a deploy that would undo a drain or a weight is refused"],
    ["carry", LIVE, "carry sets them again after the reload"],
    ["adopt", LIVE, "adopt sets them again, too, and writes the patch"],
    ["discard", LIVE, "discard takes the file's values"],
    ["BalancerPersist", LIVE, "with BalancerPersist the values of the file count"],
    ["a manager that somebody closed", LIVE, "a manager that somebody closed keeps a deploy from undoing"],
  ],
  "runbooks on a running front": [
    ["each step by its effect", "cli/runbook-run.real", "drains and stops being asked, is seen to, and goes back"],
    ["another live state", "cli/runbook-run.real", "refuses to begin where the live state is not the one"],
    ["resumed from a journal", "cli/runbook-run.real", "goes on where an interrupted run ended"],
    ["aborted with its inverse", "cli/runbook-run.real", "goes back by itself when a step fails"],
  ],
  "what was reviewed": [
    ["the bytes", TARGET, "a file that was not reviewed is refused before anything is sent"],
    ["the description and what is live", LIVE, "what is live, and the description, are bound to what was reviewed"],
  ],
  secrets: [
    [
      "in every output of every command",
      "cli/planted-secrets",
      "a secret that stands in a file is shown by no command",
    ],
    ["of a deploy", TARGET, "a secret is in no plan, state, output, list of processes or file"],
  ],
  "the error log": [["each message", "core/diagnose/logged-codes.real", "is one that a real httpd writes"]],
  "load and faults": [
    ["20 deploys, 20,000 requests", DEPLOYS, "in a row lose no request of a client with a connection a request"],
    ["kept connections", DEPLOYS, "one resets no more kept connections than a plain graceful reload"],
    ["out of the balancing address", DEPLOYS, "none is reset where each front is out of the balancing address"],
    ["killed at 20 moments", FAULTS, "killed at moment %i it leaves a front that serves"],
    ["a full disk", FAULTS, "a full disk is said, and changes nothing"],
    ["a host that vanishes in mid-upload", FAULTS, "a host that vanishes in mid-upload is said"],
    ["another key", TARGET, "another host key, a key that may not log in"],
    ["two at once", FAULTS, "two deploys at once take turns, and both are whole"],
    ["a reload that hangs", FAULTS, "a reload that hangs is ended, and the file before is back"],
    ["a clock that jumps", FAULTS, "a clock that jumps a day ahead and two days back"],
    ["a broken configuration", TARGET, "a file that httpd refuses leaves the one in place"],
  ],
  "bad input": [
    ["an unreachable host", FAULTS, "a host that vanishes is one sentence with its name and what to do"],
    ["a wrong key", TARGET, "are each one sentence, and change nothing"],
    ["no httpd, or another layout", RED_HAT, "is refused where no such httpd is"],
    ["an older httpd; no permission", RED_HAT, "an httpd that is older than declared, and a right that was taken away"],
    ["an unprepared host", TARGET, "is refused before the host is prepared, with what to do"],
    ["a manager that answers 403", LIVE, "a manager that answers 403 to its own host is said"],
  ],
};

const TESTS = join(__dirname, "..");

describe.each(Object.entries(ROWS))("%s", (_, rows) => {
  it.each(rows)("%s is held in %s", (_row, file, held) => {
    expect(readFileSync(join(TESTS, `${file}.test.ts`), "utf8")).toContain(held);
  });
});
