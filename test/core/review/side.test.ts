import { expect, it } from "vitest";
import { NO_FILES } from "../../../core/conf/run/reader.js";
import { reviewOf } from "../../../core/review/review.js";
import { confSide } from "../../../core/review/side.js";
import type { ReviewSide } from "../../../core/review/side.js";

function side(text: string): ReviewSide {
  const reading = confSide({ path: "httpd.conf", text, reader: NO_FILES, serverRoot: "/usr/lib/apache2" });
  if (!reading.ok) throw new Error(reading.sentence);
  return reading.side;
}

const load = (name: string): string => `LoadModule ${name}_module modules/mod_${name}.so\n`;
const MODULES = ["mpm_event", "authz_core", "proxy", "proxy_http"].map(load).join("");
const MOUNT = "ProxyPass / http://10.0.0.1:8080/\n";

it("a LoadModule line that comes or goes is told, whether httpd's own condition holds or not", () => {
  const base = side(`${MODULES}${load("headers")}${MOUNT}`);
  const off = "<IfModule nowhere_module>\n" + load("rewrite") + "</IfModule>\n";
  const head = side(`${MODULES}${load("status")}${off}${MOUNT}`);
  expect(reviewOf([{ name: "httpd.conf", base, head }]).modules).toEqual({
    added: ["status_module"],
    removed: ["headers_module"],
  });
});

it("a fragment says nothing about modules", () => {
  expect(side(MOUNT).modules).toBeUndefined();
});
