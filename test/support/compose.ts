import { join } from "node:path";
import { load } from "js-yaml";
import { readFileSync } from "node:fs";
import type { DockerLab } from "./docker-lab.js";

/** A value of a compose file. */
type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };
type Mapping = Readonly<Record<string, Value>>;

/** What a project says around its services. */
interface Project {
  readonly folder: string;
  readonly configs: Readonly<Record<string, { readonly file: string }>>;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Starts the services of a compose file with plain docker commands, for where compose itself is not to be had. Each key
 * means what the compose specification says; one that is not known here fails, so that none goes unheard.
 *
 * @param without - keys of services that are left away
 */
export function composeUp(
  lab: DockerLab,
  folder: string,
  network: string,
  without: readonly string[] = [],
  environment: Project["environment"] = {},
): void {
  const { services, configs, ...unknown } = load(readFileSync(join(folder, "compose.yaml"), "utf8")) as {
    readonly services: Readonly<Record<string, Mapping>>;
    readonly configs: Project["configs"];
  };
  if (Object.keys(unknown).length > 0) throw new Error(`compose file: ${Object.keys(unknown).join(", ")}`);
  for (const [name, service] of Object.entries(services)) {
    const words = Object.entries(service).flatMap(([key, value]) => {
      if (without.includes(key)) return [];
      const option = OPTIONS[key];
      if (option === undefined) throw new Error(`service ${name}: ${key} means nothing here`);
      return option(value, { folder, configs, environment });
    });
    lab.docker("run", "-d", "--name", name, "--network", network, ...words, worded(service["image"]));
  }
}

const each = (option: string) => (value: Value) => (value as readonly Value[]).flatMap((item) => [option, plain(item)]);
const one = (option: string) => (value: Value) => [option, plain(value)];

/** The words of `docker run` for each key of a service. */
const OPTIONS: Readonly<Record<string, (value: Value, project: Project) => readonly string[]>> = {
  image: () => [],
  user: one("--user"),
  read_only: (value) => (value === true ? ["--read-only"] : []),
  cap_drop: each("--cap-drop"),
  security_opt: each("--security-opt"),
  sysctls: (value) => Object.entries(value as Mapping).flatMap(([key, set]) => ["--sysctl", `${key}=${worded(set)}`]),
  environment: (value, { environment }) =>
    Object.entries(value as Mapping).flatMap(([key, set]) => ["--env", `${key}=${filled(worded(set), environment)}`]),
  configs: (value, { configs, folder }) =>
    (value as readonly Readonly<Record<string, string>>[]).flatMap(({ source = "", target = "" }) => {
      const file = configs[source]?.file;
      if (file === undefined) throw new Error(`config ${source} is not there`);
      return ["--mount", `type=bind,readonly,source=${join(folder, plain(file))},target=${plain(target)}`];
    }),
  tmpfs: each("--tmpfs"),
  ports: each("--publish"),
  healthcheck: (value) => {
    const { test, interval, timeout, retries, start_period: start } = value as Mapping;
    const [kind, ...command] = test as readonly string[];
    if (kind !== "CMD") throw new Error(`healthcheck ${worded(kind)}`);
    const words = command.map((word) => `'${plain(word).replaceAll("'", `'\\''`)}'`).join(" ");
    const limits = { interval, timeout, retries, "start-period": start };
    return ["--health-cmd", words, ...Object.entries(limits).flatMap(([key, set]) => [`--health-${key}`, worded(set)])];
  },
  restart: one("--restart"),
  stop_signal: one("--stop-signal"),
  stop_grace_period: (value) => ["--stop-timeout", worded(value).replace(/s$/, "")],
  pids_limit: one("--pids-limit"),
  deploy: (value) => {
    const { cpus, memory } = ((value as Mapping)["resources"] as Mapping)["limits"] as Mapping;
    return ["--cpus", worded(cpus), "--memory", worded(memory)];
  },
  logging: (value) => {
    const { driver, options } = value as Mapping;
    const settings = Object.entries(options as Mapping).flatMap(([key, set]) => ["--log-opt", `${key}=${worded(set)}`]);
    return ["--log-driver", worded(driver), ...settings];
  },
};

/** A value as it is written; a list or mapping where none is meant shows itself. */
function worded(value: Value | undefined): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** A text that has nothing to be filled in. */
function plain(value: Value): string {
  const text = worded(value);
  if (/(?<!\$)(?:\$\$)*\$(?!\$)/.test(text)) throw new Error(`a variable in ${text}`);
  return text.replaceAll("$$", "$");
}

function filled(text: string, environment: Project["environment"]): string {
  return text.replace(/\$\{(\w+):\?([^}]*)\}/g, (_, name: string, what: string) => {
    const value = environment[name];
    if (value === undefined) throw new Error(`${name} has to be set: ${what}`);
    return value;
  });
}
