import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lineWithoutSecrets, withoutSecrets } from "../../../core/report/secrets.js";

describe("a text without secrets", () => {
  test.each([
    ["BalancerMember ajp://a secret=hush route=a", "BalancerMember ajp://a secret=**** route=a"],
    ['"secret=hush"', '"secret=****"'],
    ['ProxySet nonce="a b" retry=1', "ProxySet nonce=***** retry=1"],
    ["http://user:hush@10.0.0.1:8080/a", "http://*********@10.0.0.1:8080/a"],
    ['RequestHeader set Authorization "Basic aHVzaA=="', 'RequestHeader set Authorization "Basic ********"'],
    ["SetEnv DB_PASSWORD hush", "SetEnv DB_PASSWORD ****"],
    ["AuthLDAPBindPassword hush", "AuthLDAPBindPassword ****"],
    ["GET /app?password=hush&x=1", "GET /app?password=********"],
  ])("%s", (text, shown) => {
    expect(withoutSecrets(text)).toBe(shown);
  });

  test.each([
    "nonce=None",
    "secret=${AJP_SECRET}",
    "route=a loadfactor=3",
    "secret: found nothing",
    "Require all denied",
  ])("%s says no secret and stays as it is", (text) => {
    expect(withoutSecrets(text)).toBe(text);
  });

  test.each([
    ["a: { url: ajp://h, secret: hush, route: a }", "a: { url: ajp://h, secret: ****, route: a }"],
    ["secrt: hush", "secrt: ****"],
    ["secre=hush", "secre=****"],
    ['"nonce": "hush",', '"nonce": ******,'],
  ])("in a line of a file also: %s", (line, shown) => {
    expect(lineWithoutSecrets(line)).toBe(shown);
  });

  const WORD = fc.stringMatching(/^[A-Za-z0-9+/=_.~-]{8,63}$/);

  test("it is as long as before, and masking twice is masking once", () => {
    const line = fc
      .tuple(fc.constantFrom("secret=", "nonce=", "http://u:", "x="), WORD)
      .map(([head, word]) => head + word);
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.join(" ");
        const shown = withoutSecrets(text);
        expect(shown).toHaveLength(text.length);
        expect(withoutSecrets(shown)).toBe(shown);
      }),
    );
  });

  test("JSON that holds a text is JSON afterwards, and holds the text without its secrets", () => {
    fc.assert(
      fc.property(WORD, fc.string(), (word, rest) => {
        const masked = withoutSecrets(
          JSON.stringify({ found: `secret=${word}`, rest, fix: "set secret=", more: `a "secret=${word}"` }),
        );
        expect(masked).not.toContain(word);
        expect(JSON.parse(masked)).toMatchObject({ fix: "set secret=" });
      }),
    );
  });

  test("a word that says none, or a variable, is shown, whatever signs of a sentence stand around it", () => {
    for (const text of ["With `nonce=None`, or an empty one", "nonce=none;", '"secret=None"', "(secret=`${SECRET}`)"]) {
      expect(withoutSecrets(text)).toBe(text);
    }
    expect(withoutSecrets("With `nonce=Nonesuch`, or")).not.toContain("Nonesuch");
  });

  test("a long word that nearly tells a secret takes no long", () => {
    const text = "secret".repeat(20_000);
    expect(withoutSecrets(text)).toBe(text);
  });
});
