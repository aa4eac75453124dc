import { describe, expect, it } from "vitest";
import { accessChanges, unfollowedText } from "../../../core/route/access-change.js";
import type { AccessComparison } from "../../../core/route/access-change.js";
import { readText } from "../../support/conf-fixtures.js";

const MOUNT = "BalancerMember balancer://a http://a:1\nProxyPass / balancer://a/\n";

function compared(before: string, after: string, most?: number): AccessComparison {
  const [left, right] = [before, after].map((text) => {
    const { topology } = readText(`${MOUNT}${text}`);
    const [server] = topology.servers;
    if (server === undefined) throw new Error("no server");
    return { topology, server };
  });
  if (left === undefined || right === undefined) throw new Error("two configurations");
  return accessChanges(left, right, most);
}

const CLOSED = "<Location /a>\nRequire all denied\n</Location>\n";
const OPEN = "<Location /a>\nRequire all granted\n</Location>\n";

describe("a comparison of who may reach what", () => {
  it("follows all that lines name, and says so by saying nothing", () => {
    const { changes, followed, unfollowed } = compared(OPEN, CLOSED);
    expect(changes.map(({ kind }) => kind)).toContain("lost");
    expect(followed).toBeGreaterThan(20);
    expect(unfollowed).toBe(0);
    expect(unfollowedText({ followed, unfollowed })).toBeUndefined();
  });

  it("tells how many requests lie beyond its bounds", () => {
    const whole = compared(OPEN, CLOSED).followed;
    const { followed, unfollowed } = compared(OPEN, CLOSED, 5);
    expect({ followed, unfollowed }).toEqual({ followed: 5, unfollowed: whole - 5 });
    expect(compared(OPEN, CLOSED, whole).unfollowed).toBe(0);
    expect(compared(OPEN, CLOSED, whole - 1).unfollowed).toBe(1);
    expect(unfollowedText({ followed: 5, unfollowed: 1 })).toContain(
      "1 request more that its lines name is not compared",
    );
  });

  it("has nothing to follow where no line differs", () => {
    expect(compared(OPEN, OPEN)).toEqual({ changes: [], followed: 0, unfollowed: 0 });
  });
});
