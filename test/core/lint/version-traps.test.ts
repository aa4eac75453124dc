import { describe, expect, it } from "vitest";
import { lintConf } from "../../../core/lint/lint-conf.js";
import { KNOWN_CVES } from "../../../core/lint/known-cves.js";
import { VERSION_TRAPS } from "../../../core/lint/version-traps.js";
import { versionCve } from "../../../core/lint/rules/version-cve.js";
import { versionTrap } from "../../../core/lint/rules/version-trap.js";
import { nonceNone } from "../../../core/lint/rules/nonce-none.js";
import { BEHAVIOURS } from "../../../core/vocabulary/behaviours.js";
import type { Behaviour } from "../../../core/vocabulary/behaviours.js";
import { compareVersions } from "../../../core/vocabulary/versions.js";
import type { HttpdVersion } from "../../../core/vocabulary/versions.js";
import { example } from "./examples.js";
import { CAUGHT, MEMBERS } from "./version-cases.js";

/** A file that each weakness concerns. */
const CONCERNED: Readonly<Record<string, string>> = {
  "CVE-2026-46729": "HeartbeatListen 239.0.0.1:27999\n",
  "CVE-2026-34356": "ProxyPass / http://10.0.0.1/\nProxyPassReverseCookiePath / /app\n",
  "CVE-2026-28780": "ProxyPass / ajp://10.0.0.1/\n",
  "CVE-2025-54090": 'RewriteEngine On\nRewriteCond expr "true"\nRewriteRule ^ - [F]\n',
  "CVE-2025-49630": "ProxyPreserveHost On\nProxyPass / h2://10.0.0.1/\n",
  "CVE-2024-38473": "ProxyPass / http://10.0.0.1/\n",
  "CVE-2023-25690": "RewriteEngine On\nRewriteRule ^/a/(.*) http://10.0.0.1/$1 [P,L]\n",
  "CVE-2022-36760": "BalancerMember balancer://b ajp://10.0.0.1\n",
  "CVE-2022-31813": "ProxyPass / http://10.0.0.1/\n",
  "CVE-2022-26377": "ProxyPass / ajp://10.0.0.1/\n",
  "CVE-2021-40438": "ProxyPass / http://10.0.0.1/\n",
  "CVE-2019-17567": "ProxyPass /ws ws://10.0.0.1/\n",
};

function found(rule: typeof versionTrap, text: string, httpd: HttpdVersion): readonly string[] {
  return lintConf(example({ httpd }, text), [rule])
    .diagnostics.filter((one) => one.rule === rule.id)
    .map((one) => one.found);
}

/** The release before one of 2.4. */
function before(version: HttpdVersion): HttpdVersion {
  return `2.4.${Number(version.split(".")[2]) - 1}`;
}

describe.each(VERSION_TRAPS)("the trap of $behaviour", ({ behaviour, done, found: told }) => {
  const { since, until }: Behaviour = BEHAVIOURS[behaviour];
  const text = CAUGHT[behaviour] ?? "";
  // What is done is a trap until it is done no more; what is not done yet, until it is.
  const mended = (done ? until : since) ?? "2.4.71";

  it("is told of the last release that has it, and of none that has it not", () => {
    expect(found(versionTrap, text, before(mended))).toContain(`httpd ${before(mended)}: ${told}`);
    expect(found(versionTrap, text, mended).filter((one) => one.endsWith(told))).toEqual([]);
    const earlier = done && since !== undefined ? before(since) : mended;
    expect(found(versionTrap, text, earlier).filter((one) => one.endsWith(told))).toEqual([]);
  });
});

describe.each(KNOWN_CVES)("$id", ({ id, since, until: fixed }) => {
  const text = CONCERNED[id] ?? "";

  it("is told where the file uses what it needs, up to the release that mends it", () => {
    expect(found(versionCve, text, before(fixed)).join()).toContain(`${id} (`);
    expect(found(versionCve, text, fixed).join()).not.toContain(id);
    expect(found(versionCve, "ServerName x\n", before(fixed))).toEqual([]);
    if (since !== undefined) expect(found(versionCve, text, before(since)).join()).not.toContain(id);
  });
});

it("weaknesses stand with the newest mend first, so that the first found names the release to run", () => {
  const fixes = KNOWN_CVES.map(({ until }) => until);
  expect(fixes).toEqual(fixes.toSorted((one, other) => compareVersions(other, one)));
});

it("nonce=None is read-only in one release and open in another", () => {
  const text = `${MEMBERS}ProxySet balancer://b nonce=None\n`;
  expect(found(nonceNone, text, "2.4.49").join()).toContain("read-only");
  expect(found(nonceNone, text, "2.4.48").join()).toContain("takes changes from everybody");
});
