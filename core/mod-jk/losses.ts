/** Something of a description that mod_jk does not do, or does in another way. */
export interface JkLoss {
  /** What it is, in httpd's words: `status=+R of member 'n3'`. */
  readonly what: string;
  /** What mod_jk does instead. */
  readonly instead: string;
}

/** One sentence. */
export function lossText({ what, instead }: JkLoss): string {
  return `${what}: ${instead}`;
}
