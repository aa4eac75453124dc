import { afterAll, beforeAll, expect, it } from "vitest";
import { MEASURED_VERSION } from "../../core/vocabulary/versions.js";
import { headerFor } from "../../scripts/certificate/verdict.js";
import { Oracle, ourVerdict } from "../core/conf/run/configtest.oracle.js";
import { runCommand } from "../support/command.js";
import { component, describeReal } from "../support/real.js";

const inBalancer = (line: string): string => `<Proxy balancer://c>\nBalancerMember http://h:1\n${line}\n</Proxy>`;
const FILTER = "LoadModule filter_module modules/mod_filter.so\n";
const DEFLATE = "LoadModule deflate_module modules/mod_deflate.so\n";

/** Lines that people wrote and httpd refuses, each with what mends it. */
const REFUSED: readonly (readonly [what: string, lines: string, mend: string])[] = [
  ["a URL without slashes", "BalancerMember balancer://c http:1.2.3.4", "write http://1.2.3.4"],
  ["ProxyTimeout in a Location", "<Location /x>\nProxyTimeout 5\n</Location>", "move ProxyTimeout out of <Location>"],
  ["curly quotes", "ServerName “the shop”", 'type " for the curly quote'],
  ["a <Proxy> that is not closed", "<Proxy balancer://c>\nBalancerMember http://h:1", "write </Proxy>"],
  ["two members on one line", inBalancer("BalancerMember http://a http://b"), "give http://b a line of its own"],
  ["a flag without its equals sign", inBalancer("ProxySet scolonpathdelim On"), "write scolonpathdelim=On"],
  ["a parameter that nobody knows", inBalancer("ProxySet nonsense=1"), "remove nonsense=1"],
  ["a non-breaking space in front of a line", "\u00a0ServerName x", "type a plain blank for the non-breaking space"],
  [
    "a filter whose module is not loaded",
    `${FILTER}AddOutputFilterByType DEFLATE text/html`,
    "add LoadModule deflate_module",
  ],
  [
    "one of several filters",
    `${FILTER}${DEFLATE}AddOutputFilterByType DEFLATE;substitute text/html`,
    "add LoadModule substitute_module",
  ],
  [
    "a filter as a provider",
    `${FILTER}FilterDeclare z\nFilterProvider z INCLUDES "true"`,
    "add LoadModule include_module",
  ],
  ["a filter for no type of content", `${FILTER}${DEFLATE}AddOutputFilterByType DEFLATE`, "write the types of content"],
];

/** What is loaded is loaded, on whatever line; names of filters are taken in any case, and SetOutputFilter asks nobody. */
const TAKEN: readonly (readonly [what: string, lines: string])[] = [
  ["a filter whose module stands below it", `${FILTER}AddOutputFilterByType DEFLATE text/html\n${DEFLATE}`],
  ["a filter in lower case, and an empty one", `${FILTER}${DEFLATE}AddOutputFilterByType deflate;;INFLATE text/html`],
  ["a filter that is looked for when it is needed", "SetOutputFilter DEFLATE"],
];

describeReal("lines that httpd refuses", ["apache2"], () => {
  let oracle: Oracle;
  beforeAll(() => {
    oracle = new Oracle(component("apache2"));
  });
  afterAll(() => {
    oracle.close();
  });

  it.each(REFUSED)("%s: its sentence, and the mend", { timeout: 180_000 }, async (_, lines, mend) => {
    const said = await oracle.verdict(lines);
    expect(said.ok).toBe(false);
    expect(ourVerdict(lines)).toEqual(said);
    const { stdout } = await runCommand(["configtest", "httpd.conf"], {
      "httpd.conf": `${headerFor(MEASURED_VERSION)}${lines}\n`,
    });
    expect(stdout).toContain(`\n  fix: ${mend}`);
  });

  it.each(TAKEN)("%s is taken", { timeout: 180_000 }, async (_, lines) => {
    expect(await oracle.verdict(lines)).toEqual({ ok: true });
    expect(ourVerdict(lines)).toEqual({ ok: true });
  });
});
