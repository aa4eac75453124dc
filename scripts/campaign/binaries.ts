/** Programs of `HTTPD_BINARIES`, separated by colons; none when it is not set. */
export const BINARIES: readonly string[] = (process.env["HTTPD_BINARIES"] ?? "")
  .split(":")
  .filter((path) => path !== "");
