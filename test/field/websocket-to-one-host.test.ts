import { expect, it } from "vitest";
import { told } from "./told.js";

/** A RewriteRule [P] whose host is written out, with the path of the request behind it. */
const SITUATION = {
  conf: `RewriteEngine On
RewriteRule ^/synchrony ws://127.0.0.1:8091%{REQUEST_URI} [P]
`,
};

it("lint has nothing to say: no request can move the host", async () => {
  expect(await told(SITUATION, "lint", "httpd.conf")).toBe(`no findings
`);
});
