import { parameterOf } from "../view.js";
import type { Finding, Rule } from "../rule.js";
import type { MemberView } from "../view.js";

/** Seconds that are more than anybody waits for an answer: an hour. */
const TOO_LONG = 3_600;

/** Seconds that ordinary pages take now and then. */
const TOO_SHORT = 5;

/** Seconds after which nobody waits for a connection any more. */
const LONG_CONNECT = 30;

/** LB: a timeout in another unit than httpd's. */
export const timeoutScale: Rule = {
  id: "timeout-scale",
  group: "time",
  severity: "warning",
  presets: ["recommended"],
  wanted:
    "The timeout of a member is longer than its slowest answer and shorter than an hour; its connectiontimeout is short.",
  why: "httpd counts `timeout` in seconds. `timeout=10000`, meant as milliseconds, waits for 2.8 hours for a member that is silent, and holds one of httpd's workers all that time; `timeout=1` ends every answer that pauses for a second with 502 or 504. `connectiontimeout=120` makes a request that meets a dead host wait two minutes before the next member is asked.",
  proof: "timeout=1 ends an answer that is silent for longer than a second",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080 timeout=10000
  # wrong
  BalancerMember http://10.0.0.2:8080 timeout=2
  # wrong
  BalancerMember http://10.0.0.3:8080 connectiontimeout=120
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 timeout=30
  BalancerMember http://10.0.0.2:8080 timeout=300
</Proxy>
`,
  ],
  fixable: false,
  *member(member) {
    yield* answerFinding(member);
    yield* connectFinding(member);
  },
};

function* connectFinding(member: MemberView): Iterable<Finding> {
  const milliseconds = member.member.parameters.connectiontimeout?.milliseconds ?? 0;
  if (milliseconds <= LONG_CONNECT * 1_000) return;
  yield {
    at: parameterOf(member, "connectiontimeout"),
    subject: `connectiontimeout of ${member.label}`,
    found: `${milliseconds / 1_000} seconds, for which a request waits when the host is gone`,
    fix: "set what the network needs, for example connectiontimeout=2; connectiontimeout=500ms is half a second",
  };
}

function* answerFinding(member: MemberView): Iterable<Finding> {
  const milliseconds = member.member.parameters.timeout?.milliseconds;
  if (milliseconds === undefined || milliseconds <= 0) return;
  const value = milliseconds / 1_000;
  const subject = `timeout of ${member.label}`;
  const at = parameterOf(member, "timeout");
  if (value >= TOO_LONG) {
    const found = `${value} seconds, which are ${(value / 3_600).toFixed(1)} hours`;
    yield {
      at,
      subject,
      found,
      fix: `write seconds: timeout=${Math.max(2, Math.round(value / 1_000))} where milliseconds were meant`,
    };
  }
  if (value >= TOO_SHORT) return;
  yield {
    at,
    subject,
    found: `${value === 1 ? "1 second" : `${value} seconds`}, after which an answer that pauses is given up`,
    fix: "set the longest pause of an answer, for example timeout=30; connectiontimeout is the time to connect",
  };
}
