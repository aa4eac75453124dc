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
