/** What a manager shows at one moment. */
export interface ShownState {
  /** The page without parameters. */
  readonly page: string;
  /** What who knows the nonce gets for `xml=1`. */
  readonly xml: string;
}

/** What a real balancer-manager showed and took: one of `test/fixtures/managers`, written by scripts/record-managers.ts. */
export interface ManagerRecord {
  /** As the program calls itself, for example `Apache/2.4.37 (Unix)`. */
  readonly httpd: string;
  /** Members of balancer `c`; the first is the one whose status was changed. */
  readonly urls: readonly string[];
  readonly nonce: string;
  /** What is shown by the letters that the first member has, for those letters that this httpd takes. */
  readonly states: Readonly<Record<string, ShownState>>;
  /** Whether `?xml=1` is answered with XML. */
  readonly plainXml: boolean;
  /** Whether XML is shown to who knows the nonce and sends no Referer. */
  readonly strangersSeeXml: boolean;
  /** Whether a change without a Referer is made. */
  readonly strangersChange: boolean;
  /** Whether a change with an empty nonce is made. */
  readonly changesWithoutNonce: boolean;
}
