#!/usr/bin/env node
// `--version` is answered before anything is loaded: it stays within twice the time of `node -e 0`.
if (process.argv[2] === "--version") {
  process.stdout.write(`${version()}\n`);
} else {
  void start();
}

function version(): string {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- synchronous and free of start-up cost
  return (require("../../package.json") as { readonly version: string }).version;
}

async function start(): Promise<void> {
  const { nodeIo, runProgram } = await import("./start.js");
  process.exitCode = await runProgram(process.argv.slice(2), nodeIo);
}
