import { afterAll, beforeAll, describe } from "vitest";
import { unpackedPackages } from "../../scripts/article/unpack.js";
import { composeProgram, unpackedCompose } from "./compose.js";
import { debianRoot } from "./debian-root.js";
import { dockerLab, DOCKER_PACKAGES } from "./docker-lab.js";
import type { DockerLab } from "./docker-lab.js";

/** The image of the docker layout, as the daemons of tests know it: Debian's httpd in its places. */
const IMAGE = "httpd:2.4";

/**
 * A suite that needs a docker daemon with an image `httpd:2.4`, which is also that of a machine with systemd and
 * cloud-init; skipped, or failing, as those of `describeReal`.
 */
export function describeContainers(name: string, body: (lab: () => DockerLab) => void): void {
  const packages = unpackedPackages(DOCKER_PACKAGES);
  const compose = packages === undefined ? undefined : unpackedCompose();
  const root = packages === undefined ? undefined : debianRoot();
  if (packages === undefined || compose === undefined || root === undefined) {
    const reason = "Debian's docker.io and docker-compose, or a small Debian as its image, cannot be had";
    if (process.env["REQUIRE_REAL"] === "1") throw new Error(reason);
    describe.skip(`${name} [skipped: ${reason}]`, () => {
      body(() => {
        throw new Error(reason);
      });
    });
    return;
  }
  describe(name, () => {
    let lab: DockerLab | undefined;
    beforeAll(async () => {
      lab = await dockerLab(packages, { compose: composeProgram(compose) });
      lab.importImage(IMAGE, root, 'CMD ["httpd-foreground"]');
    });
    afterAll(() => lab?.end());
    body(() => {
      if (lab === undefined) throw new Error("the daemon has not started");
      return lab;
    });
  });
}
