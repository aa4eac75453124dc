import { connect } from "node:net";
import { expect, it } from "vitest";
import { claimLoopback } from "../../live/ports.js";

it("two claims never share an address with a port, and ports do not repeat", async () => {
  const [one, other] = await Promise.all([claimLoopback(), claimLoopback()]);
  const places: string[] = [];
  for (let round = 0; round < 5; round++) {
    places.push(`${one.address}:${await one.freePort()}`, `${other.address}:${await other.freePort()}`);
  }
  await Promise.all([one.release(), other.release()]);
  expect(new Set(places).size).toBe(places.length);
});

it("addresses are loopback and nobody listens on a free port", async () => {
  const loopback = await claimLoopback();
  const port = await loopback.freePort();
  const code = await new Promise((resolve) => {
    connect({ host: loopback.address, port })
      .on("error", (error: NodeJS.ErrnoException) => {
        resolve(error.code);
      })
      .on("connect", () => {
        resolve("connected");
      });
  });
  await loopback.release();
  expect(loopback.address).toMatch(/^127\./);
  expect(code).toBe("ECONNREFUSED");
});
