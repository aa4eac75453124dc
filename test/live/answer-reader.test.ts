import { expect, it } from "vitest";
import { cookiesIn, wholeAnswer } from "../../live/answer-reader.js";

const COMING = { bodiless: false, ended: false };
const SIZED = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nA: b\r\n\r\nabc";
const CHUNKED = "HTTP/1.1 503 No\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n";

it.each([
  [SIZED, 200, "abc"],
  [CHUNKED, 503, "abcde"],
  [`HTTP/1.1 100 Continue\r\n\r\n${SIZED}`, 200, "abc"],
  ["HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", 304, ""],
])("an answer is read when it is whole, and not before: %j", (text, status, body) => {
  for (let length = 0; length < text.length; length++) {
    expect(wholeAnswer(text.slice(0, length), COMING)).toBeUndefined();
  }
  expect(wholeAnswer(`${text}HTTP/1.1 200`, COMING)).toMatchObject({ answer: { status, body }, length: text.length });
});

it("an answer without a length ends with the connection", () => {
  const text = "HTTP/1.1 200 OK\r\n\r\nabc";
  expect(wholeAnswer(text, COMING)).toBeUndefined();
  expect(wholeAnswer(text, { bodiless: false, ended: true })).toMatchObject({ answer: { body: "abc" } });
});

it("an answer to HEAD has no body, whatever length it tells", () => {
  expect(wholeAnswer(SIZED.slice(0, -3), { bodiless: true, ended: false })).toMatchObject({ answer: { body: "" } });
});

it("all cookies of an answer are told", () => {
  expect(cookiesIn("HTTP/1.1 200 OK\r\nSet-Cookie: a=b; Path=/\r\nset-cookie: c=d=e\r\n\r\nSet-Cookie: no=no")).toEqual(
    [
      ["a", "b"],
      ["c", "d=e"],
    ],
  );
});
