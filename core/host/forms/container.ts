import { isEveryAddress } from "../../httpd/address.js";
import { isLoopbackHost } from "../../httpd/address.js";
import { shown } from "../../vocabulary/shown.js";
import type { Problem } from "../../vocabulary/problem.js";
import type { Health, HostPlan, Port } from "../plan.js";
import { imageProblems } from "../front-image.js";
import { plainText } from "./plain-text.js";

/** A plan, as a container that holds nothing but its files and folders in memory carries it out. */
export interface Container {
  readonly name: string;
  readonly image: string;
  /** What starts httpd; it is said, so that an image without it names it when it does not start. */
  readonly command: readonly string[];
  /** Number of the user and the group it runs as. */
  readonly uid: number;
  readonly files: readonly ContainerFile[];
  /** Folders that it writes to. */
  readonly writable: readonly string[];
  /** Ports that are reached from outside. */
  readonly ports: readonly number[];
  /** Ends with 0 when it serves. */
  readonly probe: readonly string[];
  /** Members at a loopback address: what is inside of the same container or pod. */
  readonly inside: readonly string[];
}

/** A file that is laid into the container. */
export interface ContainerFile {
  /** Where it is in the container. */
  readonly path: string;
  /** Its name without folders. */
  readonly name: string;
  readonly text: string;
}

/** The container of a plan; the plan must have passed {@link checkContainer}. */
export function containerOf(plan: HostPlan): Container {
  const { packages } = plan;
  if (packages.from !== "image") throw new RangeError(`plan of ${plan.name} is for no image`);
  return {
    name: plan.name,
    image: packages.image,
    command: packages.command,
    uid: packages.uid,
    files: plan.files.map((file) => ({
      path: file.path,
      name: file.path.slice(file.path.lastIndexOf("/") + 1),
      text: plainText(file),
    })),
    writable: [...plan.service.folders, "/tmp"],
    ports: portsFromOutside(plan.ports),
    probe: probeOf(plan.health),
    inside: [...new Set(plan.egress.filter(({ host }) => isLoopbackHost(host)).map(({ member }) => member))],
  };
}

/** What keeps a plan from becoming a container. */
export function checkContainer({ name, packages }: HostPlan): readonly Problem[] {
  if (packages.from === "image") return imageProblems(packages.image, `server ${shown(name)}`);
  const subject = `layout of server ${shown(name)}`;
  const fix = "use the layout docker, or name none";
  return [{ at: "/layout", subject, found: "one that is installed on a host", allowed: "one of an image", fix }];
}

/** Numbers of the ports that are reached from outside, each once. */
export function portsFromOutside(ports: readonly Port[]): readonly number[] {
  return [...new Set(ports.filter(({ address }) => isOpen(address)).map(({ number }) => number))];
}

function isOpen(address: string | undefined): boolean {
  return address === undefined || isEveryAddress(address);
}

/**
 * Asks as a client does, with what every image that is made of Debian has: bash opens the connection itself. It sends
 * its request as HTTP/1.1, because a virtual host is found by its name.
 */
function probeOf({ port, path, host, failsFrom }: Health): readonly string[] {
  const request = String.raw`printf "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n" "$1" "$2" >&3`;
  const open = `exec 3<>/dev/tcp/127.0.0.1/${port}`;
  const script = `${open} && ${request} && read -r _ status _ <&3 && [ "$status" -lt ${failsFrom} ]`;
  return ["bash", "-c", script, "probe", path, host ?? "localhost"];
}
