import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { send } from "../live/client.js";
import { startHttpd } from "../live/httpd.js";
import { noncesOfPage } from "../live/manager-page.js";
import { claimLoopback } from "../live/ports.js";
import { findHttpd, releaseOf } from "../live/program.js";
import type { HttpdProgram } from "../live/program.js";
import type { ManagerRecord, ShownState } from "../test/support/manager-record.js";
import { BINARIES } from "./campaign/binaries.js";

/*
 * Records what balancer-manager shows and takes, of each httpd of HTTPD_BINARIES (of the machine's without it), as
 * test/fixtures/managers/VERSION.json. Runbook scripts, drift and live changes are tested with these records where the
 * httpds are not installed.
 */

const HOST = "front.test";
const PATH = "/bm";
const URLS = ["http://a.test:8080", "http://b.test:8080"] as const;
/** Letters that the first member gets; what a drain needs is among them. */
const STATES = ["I", "N", "D", "H", "S", "R", "DN"] as const;

interface Question {
  readonly query?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  readonly referer?: boolean;
}

type Ask = (question: Question) => Promise<string>;

async function record(program: HttpdProgram): Promise<ManagerRecord> {
  const loopback = await claimLoopback();
  const port = await loopback.freePort();
  const members = URLS.map((url) => `  BalancerMember ${url}\n`).join("");
  const httpd = await startHttpd({
    program,
    modules: ["proxy", "proxy_http", "proxy_balancer", "slotmem_shm", "lbmethod_byrequests", "unixd", "authz_core"],
    body: `Listen ${loopback.address}:${port}\n<Proxy balancer://c>\n${members}</Proxy>\nProxyPass /app balancer://c/\n<Location ${PATH}>\n  SetHandler balancer-manager\n</Location>\n`,
  });
  try {
    return await recordWith(asker(loopback.address, port), program.version);
  } finally {
    await httpd.stop();
    await loopback.release();
  }
}

function asker(address: string, port: number): Ask {
  return async ({ query, form, referer = true }) => {
    const search = query === undefined ? "" : `?${new URLSearchParams(query).toString()}`;
    const body = form === undefined ? undefined : new URLSearchParams(form).toString();
    const headers = {
      Host: HOST,
      ...(referer && { Referer: `http://${HOST}/` }),
      ...(body !== undefined && { "Content-Type": "application/x-www-form-urlencoded" }),
    };
    const path = `${PATH}${search}`;
    const post = body === undefined ? {} : ({ method: "POST", body } as const);
    return (await send({ address, port, path, version: "1.0", headers, ...post })).body;
  };
}

async function recordWith(ask: Ask, httpd: string): Promise<ManagerRecord> {
  const page = await ask({});
  const nonce = noncesOfPage(page).get("c");
  if (nonce === undefined) throw new Error(`${httpd}: found no nonce in its page`);
  const known = { b: "c", nonce };
  const xml = await ask({ query: { ...known, xml: "1" } });
  const change = (form: Readonly<Record<string, string>>, referer = true): Promise<string> =>
    ask({ form: { ...known, w: URLS[0], ...form }, referer });
  const look = async (): Promise<ShownState> => ({
    page: await ask({}),
    xml: await ask({ query: { ...known, xml: "1" } }),
  });
  const states: Record<string, ShownState> = { "": { page, xml } };
  for (const state of STATES) {
    const letters = Array.from(state);
    for (const letter of letters) await change({ [`w_status_${letter}`]: "1" });
    const shown = await look();
    if (shown.page !== page) states[state] = shown;
    for (const letter of letters) await change({ [`w_status_${letter}`]: "0" });
  }
  const moves = async (made: Promise<string>): Promise<boolean> => {
    await made;
    const moved = (await ask({})) !== page;
    await change({ w_status_D: "0" });
    return moved;
  };
  return {
    ...{ httpd, urls: URLS, nonce, states },
    plainXml: (await ask({ query: { xml: "1" } })) === xml,
    strangersSeeXml: (await ask({ query: { ...known, xml: "1" }, referer: false })) === xml,
    strangersChange: await moves(change({ w_status_D: "1" }, false)),
    changesWithoutNonce: await moves(change({ w_status_D: "1", nonce: "" })),
  };
}

async function main(): Promise<void> {
  const folder = join(__dirname, "../test/fixtures/managers");
  mkdirSync(folder, { recursive: true });
  const programs =
    BINARIES.length === 0 ? [findHttpd(process.env)] : BINARIES.map((path) => findHttpd({ HTTPD: path }));
  for (const program of programs) {
    const recorded = await record(program);
    const file = join(folder, `${releaseOf(program) ?? "unknown"}.json`);
    writeFileSync(file, `${JSON.stringify(recorded, null, 2)}\n`);
    console.log(`${program.version}: ${file}`);
  }
}

void main();
