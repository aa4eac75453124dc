import { isIP } from "node:net";
import { UnreadyError } from "./program.js";
import type { ManagerAddress } from "./balancer-manager.js";

/** With what a manager is asked. */
export interface ManagerAccess {
  /** Name for Basic authentication. @default - none is sent */
  readonly user?: string;
  /** Its password. @default "" */
  readonly password?: string;
  /** Certificates of the authorities that are trusted, PEM. @default - those of Node */
  readonly ca?: string;
}

/**
 * Where a balancer-manager is, by its URL.
 *
 * @throws UnreadyError for what is no URL of one, and for a password in it, which other users of the machine would see
 */
export function managerAt(text: string, { user, password = "", ca }: ManagerAccess = {}): ManagerAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) {
    throw new UnreadyError(`--manager: found '${text}'; write a URL, such as http://front1/balancer-manager`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new UnreadyError(
      "--manager: leave name and password out; --user gives the name, MANAGER_PASSWORD the password",
    );
  }
  const address = url.hostname.replace(/^\[|\]$/g, "");
  const secure = url.protocol === "https:";
  const own = url.port === "" ? (secure ? 443 : 80) : Number(url.port);
  return {
    address,
    port: own,
    path: url.pathname,
    host: url.host,
    ...(secure && { tls: { servername: isIP(address) === 0 ? address : "", ...(ca !== undefined && { ca }) } }),
    ...(user !== undefined && { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` }),
  };
}
