import { ProblemError } from "../../vocabulary/problem.js";
import type { HostFile } from "../plan.js";

/**
 * The text of a file that is written without Terraform.
 *
 * @throws ProblemError where it has a hole, which only Terraform can fill
 */
export function plainText({ path, text }: Pick<HostFile, "path" | "text">): string {
  if (typeof text === "string") return text;
  const pieces = text.filter((piece) => typeof piece === "string");
  const hole = text.find((piece) => typeof piece !== "string");
  if (hole === undefined) return pieces.join("");
  const allowed = "addresses that are known now";
  const fix = "give the member its address, or deploy through Terraform";
  throw new ProblemError([{ at: "", subject: `address in ${path}`, found: hole.deferred, allowed, fix }]);
}
