import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judge, measurePairs, processSeconds, programSeconds } from "./pairs.js";

// What a person waits for who calls the program once: its start, and a file of a few lines.
const ROUNDS = 15;
const SMALL = `<Proxy balancer://shop>
    BalancerMember http://10.0.0.1:8080 route=n1
    BalancerMember http://10.0.0.2:8080 route=n2
    ProxySet stickysession=SHOPID maxattempts=3
</Proxy>
ProxyPass / balancer://shop/
ProxyPassReverse / balancer://shop/
`;

const folder = mkdtempSync(join(tmpdir(), "bench-version-"));
try {
  const file = join(folder, "httpd.conf");
  writeFileSync(file, SMALL);
  const node = (): number => processSeconds(process.execPath, ["-e", "0"]);
  const over = (words: readonly string[]): number =>
    measurePairs(() => programSeconds(words, [0, 1]), node, ROUNDS).ratio;
  judge("httpd-balancer --version / node -e 0", over(["--version"]), 1.5);
  judge("configtest of a small file / node -e 0", over(["configtest", file]), 3);
  judge("lint of a small file / node -e 0", over(["lint", file]), 3);
} finally {
  rmSync(folder, { recursive: true });
}
