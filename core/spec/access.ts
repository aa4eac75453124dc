import { listOf } from "../shape/collections.js";
import { either } from "../shape/either.js";
import { text, words } from "../shape/plain.js";
import { record } from "../shape/record.js";
import { defined, mapped } from "../shape/shape.js";
import type { Shape } from "../shape/shape.js";
import type { Access } from "../topology/topology.js";

const WHO = either(
  {
    string: words(["local", "denied"]),
    array: listOf(text()),
    object: record({ all: { doc: "Why everybody may.", shape: text(), required: true } }),
  },
  "who may use it: local, denied, a list of addresses, or { all: reason }",
);

/** Who may use something. */
export const ACCESS_SHAPE: Shape<Access> = defined(
  "access",
  mapped(WHO, {
    read: (who): Access => {
      if (typeof who === "string") return { kind: who };
      return "all" in who ? { kind: "all", reason: who.all } : { kind: "addresses", addresses: who };
    },
    write: (access) => {
      if (access.kind === "addresses") return access.addresses;
      return access.kind === "all" ? { all: access.reason } : access.kind;
    },
    path: ([step, ...rest]) => (step === "addresses" ? rest : step === "reason" ? ["all"] : []),
  }),
);
