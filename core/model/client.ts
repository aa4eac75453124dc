import type { RequestStep } from "../scenario/steps.js";
import type { Server } from "../topology/topology.js";
import { ClientSessions } from "./client-session.js";

/** How long httpd keeps a client's connection. */
export interface KeepAlive {
  readonly on: boolean;
  /** Most requests of one connection; 0 for any number. */
  readonly most: number;
  /** Microseconds it may be idle. */
  readonly idle: number;
}

/** httpd's defaults (server/core.c, include/http_core.h). */
const KEEP_ALIVE: KeepAlive = { on: true, most: 100, idle: 5_000_000 };

/** Statuses after which httpd closes the client's connection (`ap_status_drops_connection`, include/httpd.h). */
const DROPPING: ReadonlySet<number> = new Set([400, 408, 411, 413, 414, 500, 501, 503]);

/** How long the main server keeps connections: `KeepAlive`, `MaxKeepAliveRequests`, `KeepAliveTimeout` of its lines. */
export function keepAliveOf(server: Server | undefined): KeepAlive {
  const lines = [
    ...(server?.front ?? []).map(({ name, text }) => `${name} ${text}`),
    ...(server?.extra ?? []).filter((line) => typeof line === "string"),
  ];
  return lines.reduce((kept: KeepAlive, line): KeepAlive => {
    const [, name = "", value = ""] = /^\s*(\w+)\s+"?([^\s"]+)/.exec(line) ?? [];
    switch (name.toLowerCase()) {
      case "keepalive":
        return { ...kept, on: !/^off$/i.test(value) };
      case "maxkeepaliverequests":
        return { ...kept, most: Math.max(0, Number.parseInt(value, 10) || 0) };
      case "keepalivetimeout":
        return { ...kept, idle: microsecondsOf(value) ?? kept.idle };
      default:
        return kept;
    }
  }, KEEP_ALIVE);
}

function microsecondsOf(value: string): number | undefined {
  const [, amount, unit] = /^([0-9]+)(ms)?$/i.exec(value) ?? [];
  return amount === undefined ? undefined : Number(amount) * (unit === undefined ? 1_000_000 : 1_000);
}

/** A client: its connection, its cookies, and the sessions that they stand for. */
export class Client {
  readonly sessions: ClientSessions;
  readonly #keepAlive: KeepAlive;
  readonly #jar = new Map<string, string>();
  #carried = 0;
  #idleSince = 0;
  /** What its jar holds is only the likeliest. */
  isGuessed = false;

  constructor(keepAlive: KeepAlive, sessions = new ClientSessions()) {
    this.#keepAlive = keepAlive;
    this.sessions = sessions;
  }

  /** True when its connection is open and has carried a request before. */
  isKept(now: number): boolean {
    const { on, most, idle } = this.#keepAlive;
    const isOpen = on && this.#carried > 0 && (most === 0 || this.#carried < most) && now - this.#idleSince < idle;
    if (!isOpen) this.#carried = 0;
    return isOpen;
  }

  /** A request on its connection has ended. */
  answered(status: number, now: number): void {
    this.#carried = status === 0 || DROPPING.has(status) ? 0 : this.#carried + 1;
    this.#idleSince = now;
  }

  /** An independent copy. */
  copy(): Client {
    const copy = new Client(this.#keepAlive, this.sessions.copy());
    copy.#carried = this.#carried;
    copy.#idleSince = this.#idleSince;
    copy.isGuessed = this.isGuessed;
    for (const [name, value] of this.#jar) copy.#jar.set(name, value);
    return copy;
  }

  /** Ends its connection: the next request opens one. */
  hangUp(): void {
    this.#carried = 0;
  }

  /** Keeps a cookie that an answer has set. */
  keep(name: string, value: string): void {
    this.#jar.set(name, value);
  }

  /** Cookies of a request: those of the step over those in the jar, where it is used. */
  cookiesFor({ cookies = {}, jar = false }: RequestStep): Readonly<Record<string, string>> {
    if (!jar) return cookies;
    for (const [name, value] of Object.entries(cookies)) if (!this.#jar.has(name)) this.#jar.set(name, value);
    return Object.fromEntries(this.#jar);
  }
}
