import { startKeptLoad } from "./kept-load.js";
import { startLoad } from "./load.js";

/**
 * A load from within another network, as a program of its own: `load-inside.ts fresh|kept CLIENTS AT-LEAST ADDRESS...`. Every
 * client asks one address, on a connection a request or on one that it keeps; what came of it is printed as JSON when
 * standard input has ended and each address was asked so often.
 */
const [kind, clients = "4", atLeast = "0", ...addresses] = process.argv.slice(2);
const loads = addresses.map((address) => {
  const options = { address, port: 80, clients: Number(clients) };
  return kind === "kept" ? startKeptLoad(options) : startLoad({ ...options, pause: 10, atLeast: Number(atLeast) });
});
process.stdout.write("ready\n");
process.stdin.resume().once("end", () => {
  void Promise.all(loads.map((load) => load.end())).then((results) => {
    process.stdout.write(`${JSON.stringify(results)}\n`);
    process.exit(0);
  });
});
