/** A key and its certificate, which is its own authority. */
export interface MadeCertificate {
  readonly key: string;
  readonly cert: string;
}

/**
 * Makes a certificate for a play. httpd compares the name it called with DNS names only, so addresses are among them
 * (`modssl_X509_match_name`, modules/ssl/ssl_util_ssl.c).
 *
 * @param names - hosts and addresses it is good for
 */
export async function madeCertificate(names: readonly string[]): Promise<MadeCertificate> {
  const { generate } = await import("selfsigned");
  const altNames = [...new Set(names)].map((value) => ({ type: 2 as const, value }));
  const made = await generate([{ name: "commonName", value: names[0] ?? "localhost" }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: true },
      { name: "keyUsage", digitalSignature: true, keyCertSign: true, keyEncipherment: true },
      { name: "subjectAltName", altNames },
    ],
  });
  return { key: made.private, cert: made.cert };
}
