/** What a request was answered. */
export interface Counted {
  readonly status: number;
  /** The node that answered; undefined for httpd's own answers. */
  readonly node: string | undefined;
  /** The session's counter. */
  readonly count: number | undefined;
  /** The session, without the route behind it. */
  readonly session: string | undefined;
}

/** A browser that keeps the session's cookie; a new one has none. */
export class CountingClient {
  #cookie: string | undefined;
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async ask(): Promise<Counted> {
    const headers = { connection: "close", ...(this.#cookie === undefined ? {} : { cookie: this.#cookie }) };
    const answer = await fetch(this.#url, { headers });
    const text = await answer.text();
    const [set] = answer.headers.getSetCookie();
    if (set !== undefined) this.#cookie = set.replace(/;.*$/s, "");
    const found = /node=(\S+) count=(\d+) session=([^\s.]+)/.exec(text);
    return {
      status: answer.status,
      node: found?.[1],
      count: found?.[2] === undefined ? undefined : Number(found[2]),
      session: found?.[3],
    };
  }
}
