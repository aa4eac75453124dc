import { execFile } from "node:child_process";
import { dirname, join } from "node:path";
import { loadPackageDefinition, Server, ServerCredentials, status } from "@grpc/grpc-js";
import type { sendUnaryData, ServerUnaryCall, ServiceDefinition } from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { decode, encode, ExtData } from "@msgpack/msgpack";
import { component } from "../real.js";
import { terraformEnvironment } from "../terraform.js";
import type { TerraformRun } from "../terraform.js";
import { schemaOf } from "./schema.js";
import type { Block } from "./schema.js";

/** A provider that knows the words of a real one, and makes what it is given a maker for. */
export interface StandIn {
  /** Runs terraform with it. */
  terraform(folder: string, ...words: readonly string[]): Promise<TerraformRun>;
  end(): void;
}

/** A value as it travels. */
interface Dynamic {
  readonly msgpack: Uint8Array;
}

/** Values of a resource by the provider's words. */
export type Value = Readonly<Record<string, unknown>>;

/** Carries resources out, in the place of the provider. */
export interface Maker {
  /** True for a value that no resource is given later: whoever changes it makes the resource anew. */
  readonly replaces: (type: string, word: string) => boolean;
  /** Makes a resource, or takes it away; returns the values that are known now. */
  readonly apply: (type: string, prior: Value | null, planned: Value | null) => Promise<Value>;
}

/** Makes nothing. */
const NOTHING: Maker = { replaces: () => false, apply: () => Promise.resolve({}) };

const NESTING = { single: 1, list: 2, set: 3 };

/**
 * Serves the resources of an installed binding under the name of its provider: real terraform then judges each argument by
 * the provider's own schema, and plans and applies; what a machine would do is not told.
 *
 * @param binding - the package, such as `@cdktf/provider-docker`
 * @param resources - folders of resources in it
 */
export async function standIn(
  source: string,
  binding: string,
  resources: readonly string[],
  maker = NOTHING,
): Promise<StandIn> {
  const library = dirname(require.resolve(`${binding}/package.json`));
  const schemas = new Map(
    resources.map((name) => schemaOf(join(library, "lib", name))).map(({ type, block }) => [type, block] as const),
  );
  const server = new Server();
  const loaded = loadPackageDefinition(loadSync(join(__dirname, "plugin.proto"), { keepCase: true })) as unknown as {
    readonly tfplugin5: { readonly Provider: { readonly service: ServiceDefinition } };
  };
  server.addService(loaded.tfplugin5.Provider.service, handlers(schemas, maker));
  const port = await new Promise<number>((done, failed) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) done(bound);
      else failed(error);
    });
  });
  const reattach = {
    [`registry.terraform.io/${source}`]: {
      Protocol: "grpc",
      ProtocolVersion: 5,
      Pid: process.pid,
      Test: true,
      Addr: { Network: "tcp", String: `127.0.0.1:${port}` },
    },
  };
  return {
    terraform: (folder, ...words) =>
      new Promise((done) => {
        const env = { ...terraformEnvironment(folder), TF_REATTACH_PROVIDERS: JSON.stringify(reattach) };
        const options = { cwd: folder, env, timeout: 60_000, maxBuffer: 1 << 26 };
        execFile(component("terraform"), words, options, (error, stdout, stderr) => {
          done({ status: error === null ? 0 : Number(error.code ?? 1), output: `${stdout}${stderr}` });
        });
      }),
    end: () => {
      server.forceShutdown();
    },
  };
}

/** What is asked of a provider; each question has some of these. */
interface Asked {
  readonly type_name: string;
  readonly config: Dynamic;
  readonly raw_state: { readonly json: Buffer };
  readonly current_state: Dynamic;
  readonly prior_state: Dynamic;
  readonly proposed_new_state: Dynamic;
  readonly planned_state: Dynamic;
}

type Handler = (asked: Asked) => object | Promise<object>;

function handlers(schemas: ReadonlyMap<string, Block>, maker: Maker) {
  const known = (type: string): Block => {
    const block = schemas.get(type);
    if (block === undefined) throw new Error(`no resource ${type}`);
    return block;
  };
  const answers: Readonly<Record<string, Handler>> = {
    GetSchema: () => ({
      provider: { version: 0, block: { attributes: [], block_types: [] } },
      resource_schemas: Object.fromEntries(
        [...schemas].map(([type, block]) => [type, { version: 0, block: schemaMessage(block) }]),
      ),
    }),
    PrepareProviderConfig: ({ config }) => ({ prepared_config: config }),
    ValidateResourceTypeConfig: () => ({}),
    UpgradeResourceState: ({ type_name: type, raw_state: raw }) => ({
      state: dynamic(stored(known(type), JSON.parse(raw.json.toString()) as Value)),
    }),
    Configure: () => ({}),
    ReadResource: ({ current_state: state }) => ({ state }),
    PlanResourceChange: ({ type_name: type, prior_state: prior, proposed_new_state: proposed }) => ({
      planned_state: dynamic(planned(known(type), valueOf(prior), valueOf(proposed))),
      requires_replace: changedWords(valueOf(prior), valueOf(proposed))
        .filter((word) => maker.replaces(type, word))
        .map((word) => ({ steps: [{ attribute_name: word }] })),
      legacy_type_system: true,
    }),
    ApplyResourceChange: async ({ type_name: type, prior_state: prior, planned_state: plan }) => {
      const values = valueOf(plan);
      const now = await maker.apply(type, valueOf(prior), values);
      return {
        new_state: dynamic(values === null ? null : made({ ...values, ...now })),
        legacy_type_system: true,
      };
    },
    Stop: () => ({ error: "" }),
  };
  return Object.fromEntries(
    Object.entries(answers).map(([name, answer]) => [
      name,
      (call: ServerUnaryCall<Asked, object>, back: sendUnaryData<object>) => {
        // An answer that throws at once fails as one does that is waited for.
        void Promise.resolve(call.request)
          .then(answer)
          .then(
            (said) => {
              back(null, said);
            },
            (error: unknown) => {
              back({ code: status.INTERNAL, message: String(error) });
            },
          );
      },
    ]),
  );
}

function schemaMessage({ attributes, blocks }: Block): object {
  return {
    attributes: attributes.map((attribute) => ({ ...attribute, type: Buffer.from(JSON.stringify(attribute.type)) })),
    block_types: blocks.map(({ name, nesting, block }) => ({
      type_name: name,
      nesting: NESTING[nesting],
      block: schemaMessage(block),
    })),
  };
}

/** Words whose values differ. */
function changedWords(prior: Value | null, proposed: Value | null): readonly string[] {
  if (prior === null || proposed === null) return [];
  return Object.keys(proposed).filter((word) => JSON.stringify(prior[word]) !== JSON.stringify(proposed[word]));
}

/** A value that will be known at apply. */
const UNKNOWN = new ExtData(0, new Uint8Array([0]));

function planned(block: Block, prior: Value | null, proposed: Value | null): Value | null {
  if (proposed === null || prior !== null) return proposed;
  const computed = block.attributes.filter(({ name, computed }) => computed && proposed[name] === null);
  return { ...proposed, ...Object.fromEntries(computed.map(({ name }) => [name, UNKNOWN])) };
}

function made(plan: unknown): unknown {
  if (plan instanceof ExtData) return "made";
  if (Array.isArray(plan)) return (plan as readonly unknown[]).map(made);
  if (typeof plan !== "object" || plan === null || plan instanceof Uint8Array) return plan;
  return Object.fromEntries(Object.entries(plan).map(([key, value]) => [key, made(value)]));
}

/** A state as it was stored, with every value of the schema. */
function stored({ attributes, blocks }: Block, state: Value): Value {
  return {
    ...Object.fromEntries<unknown>(attributes.map(({ name }) => [name, state[name] ?? null])),
    ...Object.fromEntries<unknown>(
      blocks.map(({ name, nesting, block }) => {
        const parts = state[name];
        if (Array.isArray(parts)) return [name, parts.map((part) => stored(block, part as Value))];
        if (nesting === "single" && typeof parts === "object" && parts !== null)
          return [name, stored(block, parts as Value)];
        return [name, nesting === "single" ? null : []];
      }),
    ),
  };
}

function valueOf({ msgpack }: Dynamic): Value | null {
  return decode(msgpack) as Value | null;
}

function dynamic(value: unknown): Dynamic {
  return { msgpack: encode(value) };
}
