/**
 * The nonce of each balancer, from the links of balancer-manager's page: the only place that shows it before httpd
 * 2.4.68 (`balancer_display_page`, modules/proxy/mod_proxy_balancer.c). Empty where `nonce=None` is set.
 *
 * @returns nonces by the balancer's name in lower case, without `balancer://`
 */
export function noncesOfPage(html: string): ReadonlyMap<string, string> {
  const links = html.replaceAll("&amp;", "&").matchAll(/\?b=([^&"'<>]+)&(?:w=[^"'<>]*?&)?nonce=([^&"'<> ]*)/g);
  return new Map(Array.from(links, ([, name = "", nonce = ""]) => [name.toLowerCase(), nonce]));
}

/**
 * The words for the status of each member, from the rows of that page: before httpd 2.4.21 the XML has one word for all
 * of them, which hides what is drained or ignores errors.
 *
 * @returns words like `Init Drn Ok` in the order of members, by the balancer's name in lower case
 */
export function statusesOfPage(html: string): ReadonlyMap<string, readonly string[]> {
  const statuses = new Map<string, readonly string[]>();
  for (const [, name = "", cells = ""] of html.matchAll(/\?b=([^&"'<>]+)&(?:amp;)?w=[^"'<>]*["'][^>]*>(.*)/g)) {
    const key = name.toLowerCase();
    statuses.set(key, [...(statuses.get(key) ?? []), cells.split("<td>")[STATUS_CELL]?.replace(/<.*/, "") ?? ""]);
  }
  return statuses;
}

/** The cell of a member's row that has its status, counted from the one with its name. */
const STATUS_CELL = 5;
