import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { readBalancers } from "../../live/balancer-manager.js";
import type { ManagerAddress } from "../../live/balancer-manager.js";
import type { ReviewReport } from "../../core/review/report.js";
import { makeChange } from "../../live/change.js";
import { runCommand } from "../support/command.js";
import { lettersOfRecord, MANAGERS, managerStandIn } from "../support/manager-stand-in.js";
import type { ManagerMood } from "../support/manager-stand-in.js";
import type { ManagerRecord } from "../support/manager-record.js";

const URLS = ["http://a.test:8080", "http://b.test:8080"] as const;
const NEWEST = MANAGERS["2.4.71"]!;
const CONF = [
  "<Proxy balancer://c>",
  ...URLS.map((url) => `  BalancerMember ${url}`),
  "</Proxy>",
  "ProxyPass / balancer://c/",
].join("\n");

interface Run {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly letters: string;
}

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "runbook-script-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Runs the script that drains the first member. */
async function drained(
  record: ManagerRecord,
  mood: ManagerMood,
  words: readonly (readonly string[])[] = [[]],
): Promise<Run> {
  const stand = await managerStandIn(record, mood);
  const script = join(folder, "runbook.sh");
  const asked = ["runbook", "drain", "httpd.conf", "--member", URLS[0], "--format", "sh"];
  writeFileSync(script, (await runCommand(asked, { "httpd.conf": `${CONF}\n` })).stdout);
  const env = {
    PATH: process.env["PATH"],
    MANAGER: `http://127.0.0.1:${stand.port}/bm`,
    JOURNAL: join(folder, "journal"),
    PROBE: "true",
    POLL: "0.1",
    IDLE_LIMIT: mood === "busy" ? "1" : "60",
  };
  let last: Omit<Run, "letters"> = { status: -1, stdout: "", stderr: "" };
  for (const given of words) {
    last = await new Promise((resolve) => {
      execFile("sh", [script, ...given], { env }, (error, stdout, stderr) => {
        resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr });
      });
    });
  }
  stand.close();
  return { ...last, letters: stand.letters() };
}

describe.each(Object.entries(MANAGERS))("with the balancer-manager of %s", (version, record) => {
  const managerOf = (port: number): ManagerAddress => ({
    ...{ address: "127.0.0.1", port, path: "/bm", host: `127.0.0.1:${port}` },
  });

  test("runbook --run drains, reads back, and drift sees it", async () => {
    const stand = await managerStandIn(record);
    const manager = `http://127.0.0.1:${stand.port}/bm`;
    vi.stubEnv("POLL", "0.1");
    const files = { "httpd.conf": CONF };
    const drift = async (): Promise<readonly unknown[]> => {
      const { stdout } = await runCommand(["drift", "httpd.conf", "--manager", manager, "--json"], files);
      return (JSON.parse(stdout) as { readonly differences: readonly unknown[] }).differences;
    };
    try {
      expect(await drift()).toEqual([]);
      const words = ["runbook", "drain", "httpd.conf", "--member", "a.test:8080", "--run", "--manager", manager];
      const done = await runCommand([...words, "--journal", join(folder, "run.journal"), "--json"], files);
      expect({ status: done.status, letters: stand.letters() }).toEqual({ status: 0, letters: "DN" });
      const seen = await runCommand(["review", "httpd.conf", "--manager", manager, "--json"], files);
      const { summary, clusters, notes } = JSON.parse(seen.stdout) as ReviewReport;
      expect(notes.join()).toContain("a reload takes 1 live value back");
      expect(clusters).toMatchObject([{ shares: { before: { [URLS[1]]: "1/1" }, after: { [URLS[0]]: "1/2" } } }]);
      expect(summary).toMatch(/^Traffic changes: /);
      expect(await drift()).toMatchObject([{ cluster: "c", member: URLS[0], what: "status" }]);
    } finally {
      vi.unstubAllEnvs();
      stand.close();
    }
  });

  test.each(["+N", "+D", "+H", "+S", "+R"])(
    "%s is read back, and an error where this httpd does not hear it",
    async (status) => {
      const stand = await managerStandIn(record);
      const change = makeChange(
        { manager: managerOf(stand.port), balancer: "c", member: 0 },
        { balancer: "c", status },
      );
      const [, letter = ""] = status;
      try {
        if (lettersOfRecord(record).includes(letter)) await change;
        else await expect(change).rejects.toThrow("httpd ignored the change");
        expect(stand.letters()).toBe(lettersOfRecord(record).includes(letter) ? letter : "");
        expect(lettersOfRecord(record).includes(letter)).toBe(version !== "2.4.6" || !"SR".includes(letter));
      } finally {
        stand.close();
      }
    },
  );

  test("the script drains, and undoes it", async () => {
    expect(await drained(record, "works")).toMatchObject({ status: 0, stderr: "", letters: "DN" });
    expect(await drained(record, "works", [[], ["undo"]])).toMatchObject({ status: 0, stderr: "", letters: "" });
    expect(existsSync(join(folder, "journal"))).toBe(false);
  });

  test("the state is read, with the nonce", async () => {
    const stand = await managerStandIn(record);
    const balancers = await readBalancers({
      address: "127.0.0.1",
      port: stand.port,
      path: "/bm",
      host: `127.0.0.1:${stand.port}`,
    });
    stand.close();
    expect(balancers).toMatchObject([{ name: "c", nonce: record.nonce }]);
    expect(balancers[0]?.workers.map(({ name }) => name)).toEqual(URLS);
  });
});

describe("the script ends with status 1 and says what to do", () => {
  test("when httpd answers 200 and takes no change", async () => {
    const { status, stderr, letters } = await drained(NEWEST, "deaf");
    expect({ status, letters }).toEqual({ status: 1, letters: "" });
    expect(stderr).toContain(`httpd did not take w_status_N=1 of ${URLS[0]}`);
    expect(stderr).toContain("what to do: ");
  });

  test("when a member never becomes idle; it is left disabled, and the way back is named", async () => {
    const { status, stderr, letters } = await drained(NEWEST, "busy");
    expect({ status, letters }).toEqual({ status: 1, letters: "DN" });
    expect(stderr).toContain("1 requests under way after 1 s");
    expect(stderr).toContain("call this script with the word undo");
  });

  test("when a member was drained by hand before: the steps were not proved from there", async () => {
    const { status, stderr } = await drained(NEWEST, "works", [[], []]);
    expect(status).toBe(1);
    expect(stderr).toContain(`status of ${URLS[0]}:N ${URLS[0]}:D`);
  });

  test("when it is called with a word it does not know", async () => {
    expect(await drained(NEWEST, "works", [["forwards"]])).toMatchObject({ status: 2 });
  });
});
