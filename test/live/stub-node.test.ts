import { afterAll, beforeAll, expect, it } from "vitest";
import { send } from "../../live/client.js";
import type { ClientAnswer } from "../../live/answer-reader.js";
import { claimLoopback } from "../../live/ports.js";
import type { Loopback } from "../../live/ports.js";
import { createStubNode, RECEIVED_HEADER, STUB_HEADER } from "../../live/stub-node.js";
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

it("says how many bytes of a body it was sent, and sets its application's cookies", async () => {
  const other = await createStubNode("node2", loopback, { cookies: [{ name: "SID", value: "s.r2" }] });
  await other.start();
  const [address = "", port] = other.authority.split(":");
  const answer = await send({
    address,
    port: Number(port),
    method: "POST",
    path: "/",
    headers: {},
    body: "x".repeat(70_000),
  });
  await other.stop();
  expect(answer.headers.get(RECEIVED_HEADER)).toBe("70000");
  expect(answer.cookies).toEqual([["SID", "s.r2"]]);
});

it("answers after its delay, and not before", async () => {
  stub.behave({ delay: 120 });
  const began = performance.now();
  await ask();
  expect(performance.now() - began).toBeGreaterThanOrEqual(115);
  stub.behave({ delay: 0 });
});

it("fails as it is told, until it is told to answer", async () => {
  stub.behave({ failure: "closes" });
  await expect(ask()).rejects.toThrow();
  stub.behave({ failure: "hang" });
  await expect(ask()).rejects.toThrow("no answer within 300 ms");
  stub.behave({ failure: "reset" });
  await expect(ask()).rejects.toThrow("ECONNRESET");
  stub.behave({ failure: "breaks" });
  await expect(ask()).rejects.toThrow("closed without an answer");
  stub.behave({ status: 404 });
  await expect(ask()).resolves.toMatchObject({ status: 404, body: "" });
});
