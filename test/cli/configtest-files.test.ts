import { expect, it } from "vitest";
import "../../cli/commands/configtest.js";
import { runCommand } from "../support/command.js";

const CONF = `LoadModule ssl_module modules/mod_ssl.so
SSLPassPhraseDialog builtin
<VirtualHost *:443>
SSLEngine On
SSLCertificateFile /etc/nothing-here.pem
</VirtualHost>
`;

it("names the files that httpd would look at, beside its verdict", async () => {
  const done = await runCommand(["configtest", "/a.conf"], { "/a.conf": CONF });
  expect(done).toMatchObject({ status: 0 });
  expect(done.stdout).toContain("Syntax OK");
  expect(done.stderr).toBe(
    "not looked at, as only the machine that it is for has them: SSLCertificateFile /etc/nothing-here.pem (/a.conf:5)\n",
  );
});

it("counts those beyond a few", async () => {
  const hosts = Array.from({ length: 9 }, (_, at) => `SSLCertificateFile /etc/${at}.pem\n`).join("");
  const { stderr } = await runCommand(["configtest", "/a.conf"], { "/a.conf": hosts });
  expect(stderr).toMatch(/[/]etc[/]5[.]pem [(][/]a[.]conf:6[)], and 3 more\n$/);
});

it("says nothing where httpd opens nothing, and leaves JSON alone", async () => {
  const plain = await runCommand(["configtest", "/a.conf"], { "/a.conf": "Listen 80\n" });
  expect(plain.stderr).toBe("");
  const { stdout } = await runCommand(["configtest", "/a.conf", "--json"], { "/a.conf": CONF });
  expect(JSON.parse(stdout)).toMatchObject([{ ok: true, message: null }]);
});
