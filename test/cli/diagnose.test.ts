import { describe, expect, it } from "vitest";
import { runCommand } from "../support/command.js";

const CONF = `<Proxy balancer://app>
  BalancerMember http://a.example
  BalancerMember ajp://b.example
</Proxy>
ProxyPass /x/ balancer://app
ProxyPass /nope balancer://ap/
ProxyPass / balancer://app/
`;

const AT = "[Thu Nov 26 22:08:45.098731 2026] [proxy:error] [pid 12031:tid 12055]";

async function diagnosed(log: string, ...options: readonly string[]) {
  const files = { "-": log, "httpd.conf": CONF };
  const result = await runCommand(["diagnose", "--config", "httpd.conf", "--json", ...options], files);
  const { diagnoses } = JSON.parse(result.stdout) as { readonly diagnoses: readonly Record<string, unknown>[] };
  return { ...result, diagnoses };
}

describe("diagnose", () => {
  it.each([
    ["AH00957: http: attempt to connect to 10.0.0.1:80 (a.example:80) failed", undefined],
    ["AH00957: http: attempt to connect to a.example:80 (10.0.0.1:80) failed", 2],
    ["AH00959: ap_proxy_connect_backend disabling worker for (b.example:8009) for 60s", 3],
    ["AH01114: HTTP: failed to make connection to backend: A.example", 2],
    ["[client 1.2.3.4:5] AH00898: DNS lookup failure for: b.example returned by /", 3],
    ["[client 1.2.3.4:5] AH01170: balancer://App: All workers are in error state", 1],
    ["[client 1.2.3.4:5] AH01171: balancer://ap: No workers in balancer", 6],
    ["AH01144: No protocol handler was valid for the URL /x/y (scheme 'balancer'). If you", 5],
  ])("names the line that %s comes from", async (sentence, line) => {
    const { diagnoses, status } = await diagnosed(`${AT} ${sentence}\n`);
    expect(diagnoses.map(({ place }) => place)).toEqual([
      line === undefined ? undefined : { file: "httpd.conf", line },
    ]);
    expect(status).toBe(1);
  });

  it("tries a mend in the model before it says it", async () => {
    const log = `${AT} AH01171: balancer://ap: No workers in balancer
${AT} AH01144: No protocol handler was valid for the URL /x/y (scheme 'balancer'). If you
`;
    const { diagnoses } = await diagnosed(log);
    expect(diagnoses).toMatchObject([
      {
        mend: "write balancer://app instead of balancer://ap",
        checked: "with it, http://a.example answers /nope in the model",
      },
      {
        mend: "write balancer://app/ instead of balancer://app",
        checked: "with it, http://a.example answers /x/y in the model",
      },
    ]);
  });

  it("says the same thing once, with how often, and passes over what it does not know", async () => {
    const one = `${AT} AH01114: HTTP: failed to make connection to backend: a.example\n`;
    const { diagnoses } = await diagnosed(`${one}${AT} AH99999: something\nnoise\n${one}${one}`);
    expect(diagnoses).toMatchObject([{ code: "AH01114", logLine: 1, times: 3 }]);
  });

  it("reads a file, and without a configuration names no place", async () => {
    const files = { "error.log": `${AT} AH01170: balancer://c: All workers are in error state\n` };
    const { status, stdout } = await runCommand(["diagnose", "error.log"], files);
    expect(status).toBe(1);
    expect(stdout).toBe(`log:1: AH01170: balancer://c: All workers are in error state
  Every member is in error, disabled, stopped or drained: 503.
  mend: look at balancer-manager for the state of each member; members in error return after their retry
`);
  });

  it("ends clean where nothing in the log is about balancers", async () => {
    const result = await runCommand(["diagnose"], { "-": "AH00094: Command line: 'apache2'\n" });
    expect(result).toMatchObject({ status: 0, stdout: "no line about balancers that is known\n" });
  });
});
