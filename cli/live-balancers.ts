import type { LiveBalancer } from "../core/host/live-state.js";
import { readBalancers } from "../live/balancer-manager.js";
import type { ManagerAddress } from "../live/balancer-manager.js";
import { managerAt } from "../live/manager-url.js";
import type { ManagerAccess } from "../live/manager-url.js";
import { UnreadyError } from "../live/program.js";
import type { Options } from "./command.js";
import { UnusableError } from "./io.js";
import type { Io } from "./io.js";

/** Help of `--user` and `--ca`, beside `--manager`. */
export const USER_OPTION = "name for Basic authentication; the password is taken from MANAGER_PASSWORD";
export const CA_OPTION = "certificates that are trusted, for https, PEM";

/**
 * What a running balancer-manager shows.
 *
 * @throws UnusableError for a URL that is none, and for a manager that does not answer
 */
export async function liveBalancers(url: string, options: Options, io: Io): Promise<readonly LiveBalancer[]> {
  return balancersAt(url, addressOf(url, accessOf(options, io)));
}

function accessOf({ user, ca }: Options, io: Io): ManagerAccess {
  const password = process.env["MANAGER_PASSWORD"];
  return {
    ...(typeof user === "string" && { user }),
    ...(password !== undefined && { password }),
    ...(typeof ca === "string" && { ca: new TextDecoder().decode(io.readBytes(ca)) }),
  };
}

function addressOf(url: string, access: ManagerAccess): ManagerAddress {
  try {
    return managerAt(url, access);
  } catch (error) {
    throw error instanceof UnreadyError ? new UnusableError(error.message) : error;
  }
}

async function balancersAt(url: string, manager: ManagerAddress): Promise<readonly LiveBalancer[]> {
  try {
    return await readBalancers(manager);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnusableError(`${url}: ${reason}; nothing was compared. Is it open to this machine?`);
  }
}
