import { xmlText } from "../vocabulary/xml-text.js";
import { harmless } from "./harmless.js";

/** What a page shows. */
export interface HtmlPage {
  readonly title: string;
  /** Markup; every text in it went through {@link htmlText}. */
  readonly body: readonly string[];
}

/** A text of somebody's as the content of an element or an attribute: nothing in it is markup. */
export function htmlText(text: string): string {
  return xmlText(harmless(text)).replaceAll("'", "&#39;");
}

/** A page by itself: no script, nothing from the network, light and dark, readable on a phone and in print. */
export function htmlPage({ title, body }: HtmlPage): string {
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${htmlText(title)}</title>`,
    `<style>${STYLE}</style>`,
    "</head>",
    "<body>",
    "<main>",
    ...body,
    "</main>",
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

/** Colours of the palette of Okabe and Ito, which people with any colour vision tell apart; a word or shape says the same. */
const STYLE = `
:root{--ink:#1b1f24;--soft:#57606a;--page:#fff;--panel:#f6f8fa;--line:#8c959f;--after:#0072b2;--warn:#a33b00;--good:#00664a}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9da7b3;--page:#0d1117;--panel:#161b22;--line:#6e7681;--after:#56b4e9;--warn:#ffa657;--good:#4fd1a5}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,"DejaVu Sans",sans-serif}
main{max-width:60rem;margin:0 auto;padding:1rem}
h1{font-size:1.4rem;margin:.5rem 0}h2{font-size:1.15rem;margin:1.5rem 0 .5rem}h3{font-size:1rem;margin:1rem 0 .25rem}
p,ul{margin:.5rem 0}ul{padding-left:1.25rem}p,li{overflow-wrap:anywhere}
code{overflow-wrap:anywhere}code,pre{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:.9em}
pre{overflow-x:auto;background:var(--panel);padding:.75rem;border-radius:.4rem}
.summary{font-size:1.1rem;font-weight:600;overflow-wrap:anywhere}
.high{color:var(--warn)}.some,.perhaps{color:var(--after)}.none{color:var(--good)}
.soft{color:var(--soft)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top}
th[scope=row]{overflow-wrap:anywhere;min-width:6rem}td{overflow-wrap:break-word;min-width:5.5rem}
.bars{display:block;width:100%;height:1.1rem;margin-top:.2rem}
.bars .was,.lane .was{fill:none;stroke:var(--soft);stroke-dasharray:3 2}
.bars .is{fill:var(--after)}
.lanes{display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:1rem}
.lane{width:100%;max-width:26rem}
.lane text{fill:var(--ink);font-size:12px}.lane .role{fill:var(--soft);font-size:11px}
.lane .is{fill:none;stroke:var(--after);stroke-width:2}.wide{max-width:44rem}
.lane .bar{fill:var(--after)}.lane .error{fill:none;stroke:var(--warn);stroke-width:2}
details{margin:.75rem 0}summary{cursor:pointer}
@media (max-width:30rem){body{font-size:15px}main{padding:.75rem}th,td{padding-right:.4rem}}
@media print{details>*{display:block}details::details-content{content-visibility:visible}body{font-size:11pt}main{max-width:none;padding:0}section{break-inside:avoid}pre{white-space:pre-wrap}}
`;
