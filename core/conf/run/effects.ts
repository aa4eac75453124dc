import type { ParameterValue } from "../../vocabulary/parameter.js";
import type { Executed } from "./executed.js";

/** A worker as httpd keeps it: found by its name, which several URLs may have. */
export interface Worker {
  /** Of ProxyPassMatch a pattern. */
  readonly name: string;
  /** The URL it was defined with. */
  readonly url: string;
}

/** `key=value` that httpd took, as the value it means. */
export interface SetValue {
  /** In lower case. */
  readonly key: string;
  readonly value: ParameterValue;
  /** Which word of the directive it is. */
  readonly at: number;
}

/** What a directive does that httpd has accepted; a word is named by its index in the directive. */
export type Effect =
  /** `add_member` of mod_proxy.c. */
  | {
      readonly kind: "member";
      /** Key of the balancer, see `balancerKey`. */
      readonly balancer: string;
      readonly worker: Worker;
      /**
       * Whether the member is a worker of its own; or one that was there is taken for it, parameters dropped; or it is a
       * second entry for one of the same name.
       */
      readonly fate: "new" | "shared" | "twin";
      /** The word that is its URL. */
      readonly at: number;
      readonly settings: readonly SetValue[];
    }
  /** `set_proxy_param` and the arguments of `<Proxy>`, on a balancer by its key, or on a worker outside balancers. */
  | { readonly kind: "set"; readonly on: string | Worker; readonly settings: readonly SetValue[] }
  /** `add_pass` of mod_proxy.c. */
  | {
      readonly kind: "mount";
      readonly path: string;
      /** The word that is the target. */
      readonly at: number;
      /** Undefined for `!`. */
      readonly to: string | Worker | undefined;
      readonly keywords: readonly string[];
      readonly settings: readonly SetValue[];
      /** The word `mapping=...`, of the servlet way of writing paths. */
      readonly mapping?: string;
    }
  /** `ProxyHCTemplate` of mod_proxy_hcheck. */
  | { readonly kind: "template"; readonly name: string; readonly settings: readonly SetValue[] };

/** Hears of each effect, in the order httpd executes. */
export type EffectListener = (directive: Executed, effect: Effect) => void;
