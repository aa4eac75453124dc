/** What came back. */
export interface ClientAnswer {
  readonly status: number;
  /** By name in lower case; of a repeated one the last. */
  readonly headers: ReadonlyMap<string, string>;
  /** Cookies it sets, name and value. */
  readonly cookies: readonly (readonly [string, string])[];
  readonly body: string;
}

/** Statuses whose answers have no body. */
const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 304]);

/** The head of an answer and where its body begins; undefined while it is not complete. */
export function readHead(
  text: string,
): { readonly status: number; readonly headers: ReadonlyMap<string, string>; readonly body: number } | undefined {
  const line = /^HTTP\/1\.[01] ([0-9]{3})[^\r\n]*\r\n/.exec(text);
  const end = text.indexOf("\r\n\r\n");
  if (line === null || end === -1) return undefined;
  const headers = text
    .slice(line[0].length, end)
    .split("\r\n")
    .map((header): [string, string] => {
      const colon = header.indexOf(":");
      return [header.slice(0, colon).toLowerCase(), header.slice(colon + 1).trim()];
    });
  return { status: Number(line[1]), headers: new Map(headers), body: end + 4 };
}

/** The `Set-Cookie` headers of an answer as name and value. */
export function cookiesIn(text: string): readonly (readonly [string, string])[] {
  const head = text.slice(0, text.indexOf("\r\n\r\n"));
  return [...head.matchAll(/^set-cookie:\s*([^=;\s]+)=([^;\r\n]*)/gim)].map(([, name = "", value = ""]) => [
    name,
    value,
  ]);
}

/**
 * The first whole answer at the beginning of a text of a kept connection, and how long it is; undefined while more has
 * to come. Interim answers (1xx) are passed over.
 *
 * @param bodiless - the request's method has no body in its answer
 * @param ended - nothing more will come
 */
export function wholeAnswer(
  text: string,
  { bodiless, ended }: { readonly bodiless: boolean; readonly ended: boolean },
): { readonly answer: ClientAnswer; readonly length: number } | undefined {
  const head = readHead(text);
  if (head === undefined) return undefined;
  const { status, headers, body: at } = head;
  if (status >= 100 && status < 200 && status !== 101) {
    const next = wholeAnswer(text.slice(at), { bodiless, ended });
    return next && { ...next, length: next.length + at };
  }
  const cookies = cookiesIn(text);
  const whole = (body: string, length: number) => ({ answer: { status, headers, cookies, body }, length });
  if (bodiless || status === 101 || WITHOUT_BODY.has(status)) return whole("", at);
  if (/chunked/i.test(headers.get("transfer-encoding") ?? "")) {
    const end = chunksEnd(text, at);
    return end === undefined ? undefined : whole(unchunked(text.slice(at, end)), end);
  }
  const length = headers.get("content-length");
  if (length === undefined) return ended ? whole(text.slice(at), text.length) : undefined;
  const end = at + Number(length);
  return text.length < end ? undefined : whole(text.slice(at, end), end);
}

/** Where the chunks that begin at a place end. */
function chunksEnd(text: string, from: number): number | undefined {
  for (let at = from; ;) {
    const size = /^([0-9a-f]+)[^\r\n]*\r\n/i.exec(text.slice(at, at + 100));
    if (size === null) return undefined;
    at += size[0].length + Number.parseInt(size[1] ?? "0", 16) + 2;
    if (at > text.length) return undefined;
    if (/^0+$/.test(size[1] ?? "")) return at;
  }
}

function unchunked(text: string): string {
  let body = "";
  for (let at = 0; at < text.length;) {
    const size = /^([0-9a-f]+)[^\r\n]*\r\n/i.exec(text.slice(at, at + 100));
    if (size === null) return body;
    const length = Number.parseInt(size[1] ?? "0", 16);
    at += size[0].length;
    body += text.slice(at, at + length);
    at += length + 2;
  }
  return body;
}
