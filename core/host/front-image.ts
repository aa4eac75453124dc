import type { Problem } from "../vocabulary/problem.js";
import { shown } from "../vocabulary/shown.js";

/** A name as registries read it: host and port, path, tag, digest. */
const REFERENCE =
  /^(?:(?<registry>localhost(?::\d+)?|[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+(?::\d+)?|[a-zA-Z0-9-]+:\d+)\/)?(?<path>[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*)(?::(?<tag>\w[\w.-]{0,127}))?(?:@[a-z0-9]+:[0-9a-f]{32,})?$/;

/** Names of Docker's own registry. */
const HUB = /^(?:(?:index|registry-1)\.)?docker\.io$/;

/** Official images of Docker's registry that hold no Apache httpd, as far as somebody may take one for a front. */
const WITHOUT_HTTPD: ReadonlySet<string> = new Set([
  ...["nginx", "haproxy", "traefik", "caddy", "varnish", "memcached", "redis", "postgres", "mysql", "mariadb"],
  ...["tomcat", "tomee", "jetty", "node", "python", "ruby", "golang", "openjdk", "eclipse-temurin", "amazoncorretto"],
  ...["alpine", "busybox", "debian", "ubuntu", "fedora", "rockylinux", "almalinux", "amazonlinux", "hello-world"],
]);

/**
 * What can be known of an image by its name: that it is no name, that the official image of that name holds no httpd, or
 * that it is httpd's own, but not in the layout that a front is written for. What an image of somebody's own holds is not
 * known; there the start of the container says what is missing.
 *
 * @param of - whose image it is, in messages
 */
export function imageProblems(image: string, of: string): readonly Problem[] {
  const problem = { at: "/image" as const, subject: `image of ${of}`, found: shown(image) };
  const { registry = "docker.io", path, tag = "latest" } = REFERENCE.exec(image)?.groups ?? {};
  if (path === undefined) {
    return [{ ...problem, allowed: "name and tag of an image", fix: "write it like 'registry.example/httpd:2.4'" }];
  }
  const allowed = "an image with httpd in the layout of httpd:2.4";
  if (WITHOUT_HTTPD.has(officialName(registry, path) ?? "")) {
    const fix = "take httpd:2.4, a copy of it in your registry, or an image made FROM it; this one holds no httpd";
    return [{ ...problem, allowed, fix }];
  }
  if (/(?:^|\/)httpd$/.test(path) && /(?:^|-)alpine/.test(tag)) {
    const fix =
      "take the tag without alpine: this one has no bash, which the health check needs, and www-data has another number";
    return [{ ...problem, allowed, fix }];
  }
  return [];
}

/** Its name among the official images of Docker's registry, also in a mirror that keeps their folder `library`. */
function officialName(registry: string, path: string): string | undefined {
  const own = /(?:^|\/)library\/(?<name>[^/]+)$/.exec(path)?.groups?.["name"];
  return own ?? (HUB.test(registry) && !path.includes("/") ? path : undefined);
}
