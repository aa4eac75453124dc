import { ExtData } from "@msgpack/msgpack";
import type { Value } from "./provider.js";

/** Words that say what is done with a container, and not what it is. */
const DONE_WITH: readonly string[] = [
  ...["name", "start", "must_run", "networks_advanced", "upload", "destroy_grace_seconds"],
];

const MEGABYTE = 1024 * 1024;

/**
 * What the daemon is asked to make for the words of a `docker_container`. A word that is not known here fails, so that none
 * goes unheard.
 */
export function containerBody(words: Value): object {
  const said = Object.entries(words).filter(([word, value]) => isSaid(value) && !DONE_WITH.includes(word));
  const parts = said.map(([word, value]) => {
    const part = PARTS[word];
    if (part === undefined) throw new Error(`docker_container: ${word} means nothing here`);
    return part(value);
  });
  const host = parts.map(({ host = {} }) => host);
  const log = Object.assign({}, ...host.map(({ LogConfig: part }) => part)) as object;
  return {
    ...(Object.assign({}, ...parts.map(({ own }) => own)) as object),
    HostConfig: { ...(Object.assign({}, ...host) as object), ...(Object.keys(log).length > 0 && { LogConfig: log }) },
  };
}

/** The archives that lay files into a container. */
export function uploads({ upload }: Value): readonly Buffer[] {
  return ((upload ?? []) as readonly Value[]).map(({ file, content }) => archive(String(file), String(content)));
}

/** What a word adds to the container, and to what the host gives it. */
interface Part {
  readonly own?: object;
  readonly host?: Readonly<Record<string, unknown>>;
}

const own =
  (name: string) =>
  (value: unknown): Part => ({ own: { [name]: value } });
const host =
  (name: string) =>
  (value: unknown): Part => ({ host: { [name]: value } });
const megabytes =
  (name: string) =>
  (value: unknown): Part => ({ host: { [name]: Number(value) * MEGABYTE } });

const PARTS: Readonly<Record<string, (value: unknown) => Part>> = {
  image: own("Image"),
  command: own("Cmd"),
  env: own("Env"),
  user: own("User"),
  stop_signal: own("StopSignal"),
  stop_timeout: own("StopTimeout"),
  read_only: host("ReadonlyRootfs"),
  network_mode: host("NetworkMode"),
  security_opts: host("SecurityOpt"),
  sysctls: host("Sysctls"),
  tmpfs: host("Tmpfs"),
  memory: megabytes("Memory"),
  memory_swap: megabytes("MemorySwap"),
  cpus: (value) => ({ host: { NanoCpus: Number(value) * 1e9 } }),
  restart: (value) => ({ host: { RestartPolicy: { Name: value } } }),
  log_driver: (value) => ({ host: { LogConfig: { Type: value } } }),
  log_opts: (value) => ({ host: { LogConfig: { Config: value } } }),
  capabilities: (value) => ({ host: { CapDrop: (value as readonly Value[]).flatMap(({ drop }) => drop) } }),
  volumes: (value) => ({
    host: {
      Binds: (value as readonly Value[]).map(
        ({ volume_name: name, container_path: path, read_only: only }) =>
          `${String(name)}:${String(path)}:${only === true ? "ro" : "rw"}`,
      ),
    },
  }),
  ports: (value) => {
    const ports = (value as readonly Value[]).map(
      ({ internal, external }) =>
        [`${String(internal)}/tcp`, [{ HostIp: "0.0.0.0", HostPort: String(external) }]] as const,
    );
    return {
      own: { ExposedPorts: Object.fromEntries(ports.map(([port]) => [port, {}])) },
      host: { PortBindings: Object.fromEntries(ports) },
    };
  },
  healthcheck: (value) => {
    const [check] = value as readonly Value[];
    const { test, interval, timeout, retries, start_period: start } = check ?? {};
    const limits = { Interval: nanoseconds(interval), Timeout: nanoseconds(timeout), StartPeriod: nanoseconds(start) };
    return { own: { Healthcheck: { Test: test, Retries: retries, ...limits } } };
  },
};

/** A value that is neither left away nor to be known later. */
function isSaid(value: unknown): boolean {
  return value !== null && !(value instanceof ExtData) && !(Array.isArray(value) && value.length === 0);
}

function nanoseconds(duration: unknown): number {
  const seconds = /^(\d+)s$/.exec(String(duration))?.[1];
  if (seconds === undefined) throw new Error(`duration ${String(duration)}`);
  return Number(seconds) * 1e9;
}

/** One file of root's as a tar archive, as the provider packs it. */
function archive(path: string, text: string): Buffer {
  const content = Buffer.from(text);
  const header = Buffer.alloc(512);
  const octal = (value: number, width: number): string => `${value.toString(8).padStart(width - 1, "0")}\0`;
  header.write(path, 0);
  header.write(`${octal(0o644, 8)}${octal(0, 8)}${octal(0, 8)}${octal(content.length, 12)}${octal(0, 12)}`, 100);
  header.write("        0", 148);
  header.write("ustar\x0000", 257);
  const sum = header.reduce((all, byte) => all + byte, 0);
  header.write(`${octal(sum, 7)} `, 148);
  const padding = Buffer.alloc((512 - (content.length % 512)) % 512);
  return Buffer.concat([header, content, padding, Buffer.alloc(1024)]);
}
