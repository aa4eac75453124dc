import { expect, test } from "vitest";
import type { PlayedRequest } from "../../scripts/article/play.js";
import { stageArticle } from "../../scripts/article/stage.js";
import { TOMCAT_PACKAGES } from "../../scripts/article/tomcat.js";
import { component } from "../support/real.js";
import { describeUnpacked } from "../support/unpacked.js";

describeUnpacked("the article on three Tomcats and a real httpd", TOMCAT_PACKAGES, ["apache2", "java"], (root) => {
  test("is answered by whom the model says, and the session's counter goes on through the standby and back", async () => {
    const played = await stageArticle({ server: "tomcat", root, httpd: component("apache2") });
    expect(played.map(({ node }) => node)).toEqual(played.map(({ expected }) => expected));
    expect(played.every(({ status }) => status === 200)).toBe(true);
    const part = (letter: PlayedRequest["part"]): readonly PlayedRequest[] =>
      played.filter((request) => request.part === letter);
    // New clients are shared out 1:5; each has a session of its own.
    expect(part("a").filter(({ node }) => node === "node1")).toHaveLength(2);
    expect(new Set(part("a").map(({ session }) => session)).size).toBe(12);
    // A fresh httpd begins with the heavier node, so that the seventh request is the third of node 1 in the article.
    expect(part("b").map(({ count }) => count)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(part("c").map(({ node, count }) => [node, count])).toEqual([
      ["node3", 8],
      ["node3", 9],
      ["node3", 10],
    ]);
    expect(part("d").map(({ count }) => count)).toEqual([11, 12, 13, 14, 15, 16]);
    expect(part("d").some(({ node }) => node === "node3")).toBe(false);
    const [first] = part("b");
    expect(new Set([...part("b"), ...part("c"), ...part("d")].map(({ session }) => session))).toEqual(
      new Set([first!.session]),
    );
  }, 240_000);
});
