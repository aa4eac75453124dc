import { describe, expect, it } from "vitest";
import { lintSource } from "../../../core/lint/lint-conf.js";
import { reachChange } from "../../../core/lint/reach.js";
import { alone } from "./examples.js";

const CLUSTER = `<Proxy balancer://c>\n  BalancerMember http://node1:80\n</Proxy>\n`;
const MANAGER = `<Location /bm>\n  SetHandler balancer-manager\n  REQUIRE\n</Location>\n`;
const MOUNT = "ProxyPass / balancer://c/\n";

function opens(before: string, after: string): boolean {
  const [was, is] = [before, after].map((text) => lintSource(alone(`${CLUSTER}${text}`), []));
  if (was === undefined || is === undefined) throw new Error("two configurations");
  return reachChange(was.topology, is.topology).change?.kind === "opened";
}

function manager(requirement: string): string {
  return MANAGER.replace("REQUIRE", requirement);
}

describe("a change opens more", () => {
  it("when it takes a mount away from an open page of httpd, not from one that is closed to strangers", () => {
    const excluded = `ProxyPass /bm !\n${MOUNT}`;
    expect(opens(`${MOUNT}${manager("Require all granted")}`, `${excluded}${manager("Require all granted")}`)).toBe(
      true,
    );
    expect(opens(`${MOUNT}${manager("Require local")}`, `${excluded}${manager("Require local")}`)).toBe(false);
  });

  it("when it lets more people in, not when fewer", () => {
    const page = (requirement: string): string => manager(requirement);
    expect(opens(page("Require local"), page("Require all granted"))).toBe(true);
    expect(opens(page("Require all granted"), page("Require local"))).toBe(false);
  });

  it("when a backend that was closed answers", () => {
    const closed = `${MOUNT}<Location /a>\n  Require all denied\n</Location>\n`;
    expect(opens(closed, `${MOUNT}<Location /a>\n  Require all granted\n</Location>\n`)).toBe(true);
    expect(opens(closed, closed)).toBe(false);
  });
});
