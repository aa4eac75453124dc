import { connect } from "node:net";
import type { Socket } from "node:net";
import { connect as connectTls } from "node:tls";

/** How a connection with TLS is made. */
export interface TlsOptions {
  /** The name the certificate has to be for; empty for an address. */
  readonly servername: string;
  /** Certificates of the authorities that are trusted, PEM. @default - those of Node */
  readonly ca?: string;
  /** False where whose certificate it is does not matter: a server that this process has started itself. @default true */
  readonly rejectUnauthorized?: boolean;
}

/** Where a client connects to, and how. */
export interface Calling {
  readonly address: string;
  readonly port: number;
  /** @default - no TLS */
  readonly tls?: TlsOptions;
}

/** Opens a connection. */
export function opened({ address, port, tls }: Calling): Socket {
  return tls === undefined ? connect({ host: address, port }) : connectTls({ host: address, port, ...tls });
}
