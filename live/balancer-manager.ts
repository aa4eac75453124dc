import { STATUS_FLAGS } from "../core/vocabulary/status.js";
import type { StatusLetter } from "../core/vocabulary/status.js";
import type { LiveBalancer, LiveWorker } from "../core/host/live-state.js";
import { send } from "./client.js";
import type { TlsOptions } from "./connection.js";
import type { ClientAnswer } from "./answer-reader.js";
import { noncesOfPage, statusesOfPage } from "./manager-page.js";
import { childAt, readXml } from "./xml.js";
import type { XmlElement } from "./xml.js";

/** Where a balancer-manager is. */
export interface ManagerAddress {
  readonly address: string;
  readonly port: number;
  readonly path: string;
  /** Name of the virtual host. @default - the address */
  readonly host?: string;
  /** How TLS is spoken. @default - plain HTTP */
  readonly tls?: TlsOptions;
  /** Value of the Authorization header. @default - none is sent */
  readonly authorization?: string;
}

/** Keys of a change form: `w_lf`, `w_status_N`, `b_lbm`, ... */
export type ManagerForm = Readonly<Record<string, string>>;

/**
 * Reads the state of all balancers of a server, whatever its httpd: before 2.4.68 the XML has no nonce, the page has;
 * before 2.4.49 the XML is shown only to who sends the nonce of a balancer; before 2.4.21 only the page has the flags.
 *
 * @throws Error when the answer is not the manager's XML
 */
export async function readBalancers(manager: ManagerAddress): Promise<readonly LiveBalancer[]> {
  const first = await ask(manager, `${manager.path}?xml=1`);
  const shown = balancersIn(first.body, NO_STATUSES);
  if (shown?.every(({ nonce }) => nonce !== undefined) === true) return shown;
  const page = shown === undefined ? first.body : (await ask(manager, manager.path)).body;
  const nonces = noncesOfPage(page);
  const balancers = shown ?? balancersIn(await xmlForNonce(manager, nonces), statusesOfPage(page));
  if (balancers === undefined) throw new Error(`${manager.path} answers ${first.status} without a list of balancers`);
  return balancers.map((balancer) => {
    const nonce = nonces.get(balancer.name.toLowerCase());
    return nonce === undefined ? balancer : { ...balancer, nonce };
  });
}

type Statuses = ReturnType<typeof statusesOfPage>;

const NO_STATUSES: Statuses = new Map();

async function xmlForNonce(manager: ManagerAddress, nonces: ReadonlyMap<string, string>): Promise<string> {
  const [known] = nonces;
  if (known === undefined) return "";
  const [b, nonce] = known;
  const query = new URLSearchParams({ b, nonce, xml: "1" }).toString();
  return (await ask(manager, `${manager.path}?${query}`)).body;
}

function balancersIn(body: string, statuses: Statuses): readonly LiveBalancer[] | undefined {
  const document = readXml(body);
  const balancers = document === undefined ? undefined : childAt(document, "balancers");
  return balancers?.children.filter(({ name }) => name === "balancer").map((one) => readBalancer(one, statuses));
}

/**
 * Posts a change of a member, or of the balancer when no worker is named. httpd answers 200 also when it ignores the
 * change: read the state back to see.
 *
 * @param nonce - of the balancer, as configured or shown
 * @throws Error when the answer is not 200
 */
export async function postChange(
  manager: ManagerAddress,
  target: { readonly balancer: string; readonly worker?: string; readonly nonce: string },
  form: ManagerForm,
): Promise<void> {
  const worker = target.worker === undefined ? {} : { w: target.worker };
  const body = new URLSearchParams({ b: target.balancer, ...worker, nonce: target.nonce, ...form }).toString();
  const answer = await ask(manager, manager.path, body);
  if (answer.status !== 200) throw new Error(`${manager.path} answers ${answer.status} to a change (${body})`);
}

/** Without a Referer of the same host the manager shows its page and ignores every parameter. */
function ask(manager: ManagerAddress, path: string, body?: string): Promise<ClientAnswer> {
  const { address, port, host = address, tls, authorization } = manager;
  return send({
    address,
    port,
    ...(tls === undefined ? {} : { tls }),
    path,
    version: "1.0",
    headers: {
      Host: host,
      Referer: `http://${host}/`,
      ...(authorization === undefined ? {} : { Authorization: authorization }),
      ...(body === undefined ? {} : { "Content-Type": "application/x-www-form-urlencoded" }),
    },
    ...(body === undefined ? {} : { method: "POST", body }),
  });
}

function readBalancer(element: XmlElement, statuses: Statuses): LiveBalancer {
  const text = (name: string): string | undefined => childAt(element, name)?.text;
  const name = (text("name") ?? "").replace(/^balancer:\/\//, "");
  const flags = statuses.get(name.toLowerCase());
  const nonce = text("nonce");
  const maxattempts = text("maxattempts");
  return {
    name,
    ...(nonce === undefined ? {} : { nonce }),
    lbmethod: text("lbmethod") ?? "",
    timeout: Number(text("timeout") ?? 0),
    maxattempts: maxattempts === undefined ? undefined : Number(maxattempts),
    nofailover: text("nofailover") === "On",
    stickysession: text("stickysession") ?? "",
    workers: (childAt(element, "workers")?.children ?? []).map((worker, index) => readWorker(worker, flags?.[index])),
  };
}

/** What stands for all flags of a member in the XML before 2.4.21 (`balancer_handler`, mod_proxy_balancer.c). */
const ONE_WORD = /^(?:OK|Disabled|Error|Stopped|Standby|Uninitialized)$/;

function readWorker(element: XmlElement, flags: string | undefined): LiveWorker {
  const text = (name: string): string => childAt(element, name)?.text ?? "";
  const shown = text("status");
  const words = new Set((ONE_WORD.test(shown) ? (flags ?? shown) : shown).split(/\s+/));
  const letters = Object.keys(STATUS_FLAGS) as StatusLetter[];
  return {
    name: text("name"),
    status: new Set(letters.filter((letter) => words.has(STATUS_FLAGS[letter].text))),
    lbfactor: Math.round(Number(text("loadfactor")) * 100),
    lbset: Number(text("lbset")),
    lbstatus: Number(text("lbstatus")),
    elected: Number(text("elected")),
    busy: Number(text("busy")),
    transferred: Number(text("transferred")),
    read: Number(text("read")),
    route: text("route"),
    redirect: text("redirect"),
  };
}
