import type { ModelMember } from "./balancer.js";
import type { ModelRequest } from "./model-request.js";
import { STATUS_LINE_BYTES } from "./state.js";

/** `HTTP/1.1 100 Continue` without its line end. */
const CONTINUE_BYTES = 21;

/** `Expect: 100-Continue` with its line end. */
const EXPECT_BYTES = 22;

/**
 * Bytes that httpd counts as sent to a member (`transferred`): all of a request over HTTP, with AJP its body alone
 * (measured on httpd 2.4.71).
 */
export function bytesTo(member: ModelMember, { bytes, body = 0 }: ModelRequest): number {
  if (member.protocol === "ajp") return body;
  return bytes + member.bytesAside + (member.ping && body > 0 ? EXPECT_BYTES : 0);
}

/** Bytes that httpd counts as read from a member: status line and body over HTTP, with AJP the body alone. */
export function bytesFrom(member: ModelMember, { body = 0 }: ModelRequest, answer: number): number {
  if (member.protocol === "ajp") return answer;
  return STATUS_LINE_BYTES + answer + (member.ping && body > 0 ? CONTINUE_BYTES : 0);
}
