import { request } from "node:http";
import { containerBody, uploads } from "./docker-words.js";
import type { Maker, Value } from "./provider.js";

/** What the provider changes in place; everything else of a container is given once. */
const IN_PLACE: readonly string[] = ["restart", "memory", "memory_swap", "must_run", "destroy_grace_seconds"];

/**
 * Carries the resources of kreuzwerker/docker out on a daemon, call by call as the provider's documentation has them: a
 * container is made, taken from the default network and put into those that are named, given its files at `/`, and started.
 * That the provider itself says the same to the daemon is what no test here shows.
 */
export function dockerMaker(socket: string): Maker {
  const ask: Ask = (method, path, body) => asked(socket, method, path, body);
  return {
    replaces: (_, word) => !IN_PLACE.includes(word),
    apply: async (type, prior, planned) => {
      const kind = KINDS[type];
      if (kind === undefined) throw new Error(`no resource ${type}`);
      if (planned === null) {
        if (prior !== null) await kind.remove(ask, prior);
        return {};
      }
      if (prior !== null) throw new Error(`${type} is not changed in place here`);
      return kind.make(ask, planned);
    },
  };
}

type Ask = (method: string, path: string, body?: object | Buffer) => Promise<Value>;

interface Kind {
  readonly make: (ask: Ask, words: Value) => Promise<Value>;
  readonly remove: (ask: Ask, state: Value) => Promise<unknown>;
}

const KINDS: Readonly<Record<string, Kind>> = {
  docker_network: {
    make: async (ask, { name }) => ({ id: (await ask("POST", "/networks/create", { Name: name }))["Id"] }),
    remove: (ask, { id }) => ask("DELETE", `/networks/${String(id)}`),
  },
  docker_volume: {
    make: async (ask, { name }) => ({ id: (await ask("POST", "/volumes/create", { Name: name }))["Name"] }),
    remove: (ask, { id }) => ask("DELETE", `/volumes/${String(id)}`),
  },
  docker_image: {
    make: async (ask, { name }) => {
      const { Id: id } = await ask("GET", `/images/${String(name)}/json`);
      return { id, image_id: id };
    },
    remove: () => Promise.resolve(),
  },
  docker_container: { make: makeContainer, remove: removeContainer },
};

async function makeContainer(ask: Ask, words: Value): Promise<Value> {
  const { Id: id } = await ask("POST", `/containers/create?name=${String(words["name"])}`, containerBody(words));
  const container = `/containers/${String(id)}`;
  const networks = (words["networks_advanced"] ?? []) as readonly Value[];
  if (networks.length > 0) await ask("POST", "/networks/bridge/disconnect", { Container: id });
  for (const { name, aliases } of networks)
    await ask("POST", `/networks/${String(name)}/connect`, { Container: id, EndpointConfig: { Aliases: aliases } });
  for (const archive of uploads(words)) await ask("PUT", `${container}/archive?path=/`, archive);
  if (words["start"] !== false) await ask("POST", `${container}/start`);
  return { id };
}

async function removeContainer(ask: Ask, { id, destroy_grace_seconds: grace = 0 }: Value): Promise<void> {
  await ask("POST", `/containers/${String(id)}/stop?t=${Number(grace)}`);
  await ask("DELETE", `/containers/${String(id)}?force=true&v=true`);
}

/** A question to the daemon; what it refuses is thrown with what it said. */
function asked(socketPath: string, method: string, path: string, body?: object | Buffer): Promise<Value> {
  const type = Buffer.isBuffer(body) ? "application/x-tar" : "application/json";
  const content = body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  return new Promise((done, failed) => {
    const headers = { "Content-Type": type, "Content-Length": Buffer.byteLength(content ?? "") };
    const call = request({ socketPath, method, path: `/v1.41${path}`, headers, timeout: 90_000 }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on("data", (piece: Buffer) => pieces.push(piece));
      answer.on("end", () => {
        const text = Buffer.concat(pieces).toString();
        if ((answer.statusCode ?? 500) >= 400) failed(new Error(`${method} ${path}: ${text}`));
        else done(text === "" ? {} : (JSON.parse(text) as Value));
      });
    });
    call.on("timeout", () => call.destroy(new Error(`${method} ${path}: no answer`)));
    call.on("error", failed);
    call.end(content);
  });
}
