import { expect, it } from "vitest";
import { told } from "./told.js";

/** Modules in an order in which their symbols are not there yet. */
const SITUATION = {
  conf: `LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule proxy_http_module modules/mod_proxy_http.so
LoadModule proxy_module modules/mod_proxy.so
ProxyPass / http://10.0.0.1:8080/
`,
};

it("configtest names the module that has to come first", async () => {
  expect(await told(SITUATION, "configtest", "httpd.conf"))
    .toBe(`httpd.conf:2: Cannot load modules/mod_proxy_http.so into server: /usr/lib/apache2/modules/mod_proxy_http.so: undefined symbol: ap_proxy_location_reverse_map
    2 | LoadModule proxy_http_module modules/mod_proxy_http.so
      |                              ^^^^^^^^^^^^^^^^^^^^^^^^^
  fix: load mod_proxy first: move its LoadModule line above this one, or add
    LoadModule proxy_module modules/mod_proxy.so
`);
});

it("lint says it, and not that modules are missing", async () => {
  const said = await told(SITUATION, "lint", "httpd.conf");
  expect(said).toContain(`fix: load mod_proxy first: move its LoadModule line above this one, or add
    LoadModule proxy_module modules/mod_proxy.so`);
});
