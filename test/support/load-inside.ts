import { startLoad } from "./load.js";

/**
 * A load from within another network, as a program of its own: `load-inside.ts CLIENTS ADDRESS...`. Every client asks one
 * address; what came of it is printed as JSON when standard input ends.
 */
const [clients = "4", ...addresses] = process.argv.slice(2);
const loads = addresses.map((address) => startLoad({ address, port: 80, clients: Number(clients) }));
process.stdout.write("ready\n");
process.stdin.resume().once("end", () => {
  void Promise.all(loads.map((load) => load.end())).then((results) => {
    process.stdout.write(`${JSON.stringify(results)}\n`);
    process.exit(0);
  });
});
