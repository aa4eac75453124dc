/**
 * Ports that a worker's URL need not name: `ap_proxy_port_of_scheme` (modules/proxy/proxy_util.c, httpd 2.4.71), which
 * asks `apr_uri_port_of_scheme` (apr-util 1.6.3) first. Schemes of protocols that no module of httpd speaks are left out.
 */
const DEFAULT_PORTS: Readonly<Record<string, number>> = {
  http: 80,
  https: 443,
  ftp: 21,
  ajp: 8009,
  fcgi: 8000,
  scgi: 4000,
  ws: 80,
  wss: 443,
  h2c: 80,
  h2: 443,
};

/**
 * The port of a scheme.
 *
 * @param scheme - in lower case
 * @returns 0 for schemes without one
 */
export function defaultPortOf(scheme: string): number {
  return Object.hasOwn(DEFAULT_PORTS, scheme) ? (DEFAULT_PORTS[scheme] ?? 0) : 0;
}
