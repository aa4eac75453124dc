import { afterAll, beforeAll, expect, test } from "vitest";
import { chromium } from "playwright-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { htmlReview } from "../../../core/review/formats/html.js";
import { reviewOf } from "../../../core/review/review.js";
import { specSide } from "../../../core/review/side.js";
import type { ReviewSide } from "../../../core/review/side.js";
import { component, describeReal } from "../../support/real.js";
import { reviewOfNames } from "./strangers.js";

const LONG = "a-very-long-name-of-a-member-that-does-not-fit-anywhere-on-a-phone";
const BASE = `clusters:
  mycluster:
    stickysession: JSESSIONID|jsessionid
    maxattempts: 3
    members:
      node1: { url: http://localhost:8380, loadfactor: 1, retry: 10s, route: r1 }
      ${LONG}: { url: http://localhost:8580, loadfactor: 5, retry: 10s, route: r2 }
      node3: { url: http://localhost:8480, role: standby, retry: 10s }
servers:
  web: { listen: [80], mounts: { /: mycluster } }
`;
const HEAD = BASE.replace("loadfactor: 5", "loadfactor: 9")
  .replace("maxattempts: 3", "maxattempts: 0")
  .replace(/.*node3.*\n/, "");

function side(text: string): ReviewSide {
  const reading = specSide(text, "shop.yaml");
  if (!reading.ok) throw new Error(reading.sentence);
  return reading.side;
}

const HTML = htmlReview(reviewOf([{ name: "shop.yaml", base: side(BASE), head: side(HEAD) }]));

/** Ways out of a text, an attribute, a title, a style or a comment; whichever works runs a script. */
const PLANTED = [
  "<script>window.ran=1</script>",
  '"><img src="http://evil.test/x.png" onerror="window.ran=1">',
  "' onmouseover='window.ran=1' x='",
  "</title></style></code></pre></details><svg onload=window.ran=1>",
  "--><iframe srcdoc='<script>parent.ran=1</script>'></iframe>",
  '" style="background:url(http://evil.test/y)" onfocus=window.ran=1 autofocus tabindex="1',
  "<a href='javascript:window.ran=1' id=planted>&lt;b&gt;</a>",
  "]]><base href=http://evil.test/><meta http-equiv=refresh content='0;url=http://evil.test/'>",
];

/** The page of a review whose four names are four of these, from one on. */
const pageOf = (names: readonly string[], first: number): string =>
  htmlReview(reviewOfNames([0, 1, 2, 3].map((more) => names[(first + more) % names.length] ?? "")));

describeReal("the page of a review, in Chromium", ["chromium"], () => {
  let browser: Browser;
  beforeAll(async () => {
    const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
    browser = await chromium.launch({ executablePath: component("chromium"), args });
  }, 60_000);
  afterAll(async () => {
    await browser.close();
  });

  /** Shows the page and tells what it asked for and what it complained about. */
  async function shown(options: BrowserContextOptions = {}, html = HTML) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.setContent(html);
    return { page, requests, complaints };
  }

  const isWiderThanScreen = (page: Page): Promise<boolean> =>
    page.evaluate<boolean>("document.documentElement.scrollWidth > document.documentElement.clientWidth");

  test("asks for nothing and complains about nothing", async () => {
    const { requests, complaints } = await shown();
    expect({ requests, complaints }).toEqual({ requests: [], complaints: [] });
  });

  test("shows a stranger's names as text: no element or attribute of theirs, no script, not even without its policy", async () => {
    const elements =
      "[...new Set([...document.querySelectorAll('*')].map((each) => [each.tagName, ...each.getAttributeNames()].join(' ')))]";
    const tame = await shown({}, pageOf(["c", "a", "b", "d"], 0));
    const own = await tame.page.evaluate<readonly string[]>(elements);
    for (const first of PLANTED.keys()) {
      const { page, requests, complaints } = await shown({ bypassCSP: true }, pageOf(PLANTED, first));
      const others = (await page.evaluate<readonly string[]>(elements)).filter((each) => !own.includes(each));
      expect(others, PLANTED[first]).toEqual([]);
      await page.evaluate(
        "document.querySelectorAll('*').forEach((each) => ['mouseover', 'focus', 'load', 'error'].forEach((kind) => each.dispatchEvent(new Event(kind))))",
      );
      expect({ ran: await page.evaluate("window.ran ?? null"), requests, complaints }).toEqual({
        ...{ ran: null, requests: [], complaints: [] },
      });
      await page.close();
    }
  });

  test("fits a phone: nothing has to be scrolled sideways, and text is no smaller than 9 pixels", async () => {
    const { page } = await shown({ viewport: { width: 360, height: 740 } });
    expect(await isWiderThanScreen(page)).toBe(false);
    const smallest = await page.evaluate(
      "Math.min(...[...document.querySelectorAll('text')].map((text) => text.getBoundingClientRect().height))",
    );
    expect(smallest).toBeGreaterThan(9);
  });

  test("shows the shares as bars of their length", async () => {
    const { page } = await shown();
    const widths = await page.evaluate<readonly number[]>(
      "[...document.querySelectorAll('table')[0].querySelectorAll('rect.is')].map((bar) => Number(bar.getAttribute('width')) / 320)",
    );
    expect(widths.map((width) => width.toFixed(3))).toEqual(["0.100", "0.900", "0.000"]);
  });

  test("prints in full: what is folded on the screen is on the paper", async () => {
    const { page } = await shown();
    const allShown =
      "[...document.querySelectorAll('details > :not(summary)')].every((part) => part.checkVisibility({ contentVisibilityAuto: true }))";
    expect(await page.evaluate<boolean>(allShown)).toBe(false);
    await page.emulateMedia({ media: "print" });
    // What is folded is laid out with the next frame.
    await page.waitForFunction(allShown);
    const pdf = await page.pdf({ format: "A4" });
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  });

  test.each(["light", "dark"] as const)(
    "axe finds nothing to mend in the %s scheme",
    async (colorScheme) => {
      const { page } = await shown({ colorScheme, bypassCSP: true });
      await page.addScriptTag({ path: require.resolve("axe-core") });
      const result = await page.evaluate<{ readonly violations: readonly { readonly id: string }[] }>("axe.run()");
      expect(result.violations.map(({ id }) => id)).toEqual([]);
    },
    60_000,
  );
});
