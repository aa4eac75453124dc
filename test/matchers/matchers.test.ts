import { describe, expect, test } from "vitest";
import "../../matchers/vitest.js";
import { assertThat } from "../../matchers/node-test.js";
import { buildTopology } from "../../core/topology/build.js";
import { seconds } from "../../core/vocabulary/duration.js";

const topology = buildTopology({
  clusters: [
    {
      name: "mycluster",
      members: [
        { name: "node1", url: "http://node1:8380", parameters: { loadfactor: 1, retry: seconds(10) } },
        { name: "node2", url: "http://node2:8580", parameters: { loadfactor: 5, retry: seconds(10) } },
        { name: "node3", url: "http://node3:8480", parameters: { status: "+H", retry: seconds(10) } },
      ],
    },
  ],
});

describe("matchers", () => {
  test("each passes for what the article's layout does", () => {
    expect(topology).toServeInOrder(["node2", "node2", "node1", "node2", "node2", "node2"]);
    expect(topology).toHaveShare("node2", { about: 5 / 6 });
    expect(topology).toSurvive({ failures: 1 });
    expect(topology).toFailBackWithin(seconds(10));
  });

  test("each fails for what it does not do, and says what happens instead", () => {
    expect(() => {
      expect(topology).toServeInOrder(["node1", "node2"]);
    }).toThrow("served are node2, node2; expected node1, node2");
    expect(() => {
      expect(topology).toHaveShare("node1", { about: 0.5 });
    }).toThrow("node1 serves 1/6");
    expect(() => {
      expect(topology).toSurvive({ failures: 2 });
    }).toThrow("httpd itself answers 503 although node2 accepts connections");
    expect(() => {
      expect(topology).toFailBackWithin(seconds(5));
    }).toThrow("retry=10s keeps it in error");
  });

  test("each can be turned round", () => {
    expect(topology).not.toSurvive({ failures: 2 });
    expect(topology).not.toServeInOrder(["node3"]);
  });

  test("a cluster that is not there is an error that names those that are", () => {
    expect(() => {
      expect(topology).toSurvive({ failures: 1, cluster: "others" });
    }).toThrow("allowed is one of mycluster");
  });
});

describe("the matchers for Node's own test runner", () => {
  test("say nothing where it holds, and throw the counterexample where it does not", () => {
    assertThat(topology).toServeInOrder(["node2", "node2", "node1"]);
    assertThat(topology).toHaveShare("node2", { about: 5 / 6 });
    assertThat(topology).toFailBackWithin(seconds(10));
    expect(() => {
      assertThat(topology).toServeInOrder(["node1"]);
    }).toThrow("served are node2; expected node1");
    expect(() => {
      assertThat(topology).toSurvive({ failures: 2 });
    }).toThrow(/httpd itself answers 503[^]*"steps"/);
  });
});
