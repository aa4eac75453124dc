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
    const answer = await ask(this.#url, this.#cookie);
    const [set] = answer.cookies;
    if (set !== undefined) this.#cookie = set.replace(/;.*$/s, "");
    return answer.counted;
  }

  /** What another page says of this client's session; whatever cookie it sets is not kept. */
  async look(url: string): Promise<Counted> {
    return (await ask(url, this.#cookie)).counted;
  }
}

async function ask(
  url: string,
  cookie: string | undefined,
): Promise<{ readonly counted: Counted; readonly cookies: readonly string[] }> {
  const headers = { connection: "close", ...(cookie === undefined ? {} : { cookie }) };
  const answer = await fetch(url, { headers });
  const text = await answer.text();
  const found = /node=(\S+) count=(\d+) session=([^\s.]+)/.exec(text);
  return {
    cookies: answer.headers.getSetCookie(),
    counted: {
      status: answer.status,
      node: found?.[1],
      count: found?.[2] === undefined ? undefined : Number(found[2]),
      session: found?.[3],
    },
  };
}
