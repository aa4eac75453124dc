import type { Socket } from "node:net";
import type { StubBehaviour, StubFailure } from "./stub-behaviour.js";

/** Key and certificate of a stub that speaks TLS. */
export interface StubTls {
  readonly key: string;
  readonly cert: string;
}

/** A request as every protocol brings it. */
export interface StubRequest {
  readonly path: string;
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** Bytes of its body. */
  readonly received: number;
}

/** How a request can end, in its protocol. */
export interface StubReply {
  send(behaviour: StubBehaviour, headers: readonly (readonly [string, string])[]): void;
  fail(failure: Exclude<StubFailure, "hang">): void;
}

/** Told of each request when all of it has been read. */
export type StubAnswer = (request: StubRequest, reply: StubReply) => void;

/** Reads requests from a connection and hands them on. */
export type Speaker = (socket: Socket) => void;
