import { describe, expect, test } from "vitest";
import { imageProblems } from "../../../core/host/front-image.js";

const DIGEST = `sha256:${"0a".repeat(32)}`;

describe("the name of a front's image", () => {
  test.each([
    "httpd:2.4",
    "httpd",
    "library/httpd:2.4.71-bookworm",
    "docker.io/library/httpd@" + DIGEST,
    "registry.example/httpd:2.4",
    "registry.example:5000/platform/front:3",
    "localhost/front",
    "shop/nginx",
    "registry.example/tomcat",
    `front:1@${DIGEST}`,
  ])("%s is taken: nothing is known against it", (image) => {
    expect(imageProblems(image, "DockerTarget")).toEqual([]);
  });

  test.each([
    "",
    " ",
    "httpd:2.4 ",
    "HTTPD:2.4",
    "httpd:",
    "httpd@sha256:1",
    "-httpd",
    "a//b",
    "https://a.example/httpd",
  ])("'%s' is none", (image) => {
    expect(imageProblems(image, "DockerTarget")).toMatchObject([
      { at: "/image", subject: "image of DockerTarget", allowed: "name and tag of an image" },
    ]);
  });

  test.each([
    "nginx",
    "nginx:1.27",
    "library/tomcat:10",
    "docker.io/haproxy",
    "index.docker.io/library/node:20@" + DIGEST,
    "registry.example/library/caddy",
    "public.ecr.aws/docker/library/debian:bookworm",
  ])("%s is the official image of another program: it is said, with what to take", (image) => {
    expect(imageProblems(image, "DockerTarget")).toMatchObject([
      { fix: expect.stringMatching(/FROM it; this one holds no httpd$/) as string },
    ]);
  });

  test.each(["httpd:alpine", "httpd:2.4-alpine3.20", "registry.example/httpd:2.4.71-alpine"])(
    "%s has neither bash nor the user of the layout",
    (image) => {
      expect(imageProblems(image, "DockerTarget")).toMatchObject([
        { fix: expect.stringMatching(/^take the tag without alpine/) as string },
      ]);
    },
  );
});
