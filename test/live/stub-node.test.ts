import { afterAll, beforeAll, expect, it } from "vitest";
import { send } from "../../live/client.js";
import type { ClientAnswer } from "../../live/client.js";
import { claimLoopback } from "../../live/ports.js";
import type { Loopback } from "../../live/ports.js";
import { createStubNode, STUB_HEADER } from "../../live/stub-node.js";
import type { StubNode } from "../../live/stub-node.js";

let loopback: Loopback;
let stub: StubNode;

beforeAll(async () => {
  loopback = await claimLoopback();
  stub = await createStubNode("node1", loopback);
  await stub.start();
});

afterAll(async () => {
  await stub.stop();
  await loopback.release();
});

function ask(): Promise<ClientAnswer> {
  const [address = "", port] = stub.authority.split(":");
  return send({ address, port: Number(port), path: "/", headers: {} }, { deadline: 300 });
}

it("answers 200 with its name and closes the connection", async () => {
  const answer = await ask();
  expect(answer).toMatchObject({ status: 200, body: "" });
  expect(answer.headers.get(STUB_HEADER)).toBe("node1");
  expect(answer.headers.get("connection")).toBe("close");
});

it("refuses connections while it is stopped and listens on the same port again", async () => {
  await stub.stop();
  await expect(ask()).rejects.toThrow("ECONNREFUSED");
  await stub.start();
  await expect(ask()).resolves.toMatchObject({ status: 200 });
});

it("what a change of behaviour leaves out stays as it was", async () => {
  stub.behave({ status: 503 });
  stub.behave({ bodyBytes: 70_000 });
  const answer = await ask();
  expect([answer.status, answer.body.length]).toEqual([503, 70_000]);
});

it("fails as it is told, until it is told to answer", async () => {
  stub.behave({ failure: "closes" });
  await expect(ask()).rejects.toThrow();
  stub.behave({ failure: "silent" });
  await expect(ask()).rejects.toThrow("no answer within 300 ms");
  stub.behave({ status: 404 });
  await expect(ask()).resolves.toMatchObject({ status: 404, body: "" });
});
