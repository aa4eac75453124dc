/**
 * Modules that others make, as far as they are often met: a file that loads one of them runs on a machine that has it,
 * and no distribution puts it beside httpd's own.
 */
const OTHERS: ReadonlySet<string> = new Set(
  [
    "mod_jk mod_proxy_cluster mod_manager mod_advertise mod_cluster_slotmem mod_lbmethod_cluster",
    "mod_systemd mod_security2 mod_evasive mod_evasive24 mod_qos mod_wsgi mod_perl mod_fcgid mod_passenger",
    "mod_shib mod_shib_24 mod_auth_openidc mod_auth_mellon mod_auth_gssapi mod_pagespeed mod_cloudflare mod_rpaf",
  ].flatMap((names) => names.split(" ")),
);

/** True for the shared object of such a module, named without its folder. */
export function isOthersModule(file: string): boolean {
  return OTHERS.has(file.replace(/\.so$/, "")) || /^(lib|mod_)(php|wl_)[0-9._]*\.so$/.test(file);
}
