import { withoutCredentials } from "../vocabulary/credentials.js";

const SECRET_PARAMETERS = /\b(secret|nonce)=("[^"]*"|\S+)/gi;
const VARIABLE = /^\$\{[^}]*\}[,;.]?$/;

/**
 * A text without what must not appear in reports: values of `secret` and `nonce`, and passwords in URLs. As many stars
 * as there were characters stand instead, so that columns stay.
 */
export function withoutSecrets(text: string): string {
  return withoutCredentials(
    text.replace(SECRET_PARAMETERS, (whole, key: string, value: string) =>
      VARIABLE.test(value) || /^none$/i.test(value) ? whole : `${key}=${"*".repeat(value.length)}`,
    ),
  );
}
