import { listOf } from "../shape/collections.js";
import { either } from "../shape/either.js";
import { text, words } from "../shape/plain.js";
import { record } from "../shape/record.js";
import { defined, mapped } from "../shape/shape.js";
import type { Shape } from "../shape/shape.js";
import type { BackendTls, FrontTls } from "../topology/topology.js";

/** TLS towards clients. */
export const FRONT_TLS: Shape<FrontTls> = defined(
  "tls",
  record(
    {
      certificateFile: { doc: "SSLCertificateFile.", shape: text(), required: true },
      certificateKeyFile: { doc: "SSLCertificateKeyFile.", shape: text(), required: true },
      chainFile: { doc: "SSLCertificateChainFile.", shape: text() },
      protocols: { doc: "SSLProtocol. Default: TLSv1.2 and TLSv1.3.", shape: listOf(text()) },
    },
    { doc: "Certificate shown to clients." },
  ),
);

const REQUIRED: BackendTls["verify"] = { kind: "required" };

const VERIFY: Shape<BackendTls["verify"]> = mapped(
  either(
    {
      string: words(["required"]),
      object: record({ off: { doc: "Why backends are not verified.", shape: text(), required: true } }),
    },
    "required, or { off: reason }",
  ),
  {
    read: (given): BackendTls["verify"] =>
      given === "required" ? { kind: "required" } : { kind: "off", reason: given.off },
    write: (verify) => (verify.kind === "off" ? { off: verify.reason } : verify.kind),
    path: ([step]) => (step === "reason" ? ["off"] : []),
  },
);

/** TLS towards backends, which are verified unless a reason says why not. */
export const BACKEND_TLS: Shape<BackendTls> = defined(
  "backendTls",
  mapped(
    record(
      {
        verify: { doc: "required, or { off: reason }. Default: required.", shape: VERIFY },
        caFile: { doc: "Trusted authorities. Default: the system's, where the layout has them.", shape: text() },
        clientCertificateFile: { doc: "SSLProxyMachineCertificateFile.", shape: text() },
        protocols: { doc: "SSLProxyProtocol.", shape: listOf(text()) },
      },
      { doc: "How backends with TLS are verified." },
    ),
    { read: ({ verify = REQUIRED, ...files }): BackendTls => ({ verify, ...files }), write: (tls) => tls },
  ),
);
