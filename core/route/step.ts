import type { Pointer } from "../vocabulary/problem.js";
import type { DirConf } from "./dir-conf.js";

/** How a request's way through the phases ended. */
export type Ended =
  /** httpd answers. */
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly by: readonly Pointer[];
      readonly location?: string;
    }
  /** It goes to a URL: a balancer's or a backend's. */
  | {
      readonly kind: "proxy";
      readonly url: string;
      readonly asSent: boolean;
      readonly keepsSlashes: boolean;
      readonly query: string | undefined;
      readonly halfEncoded?: true;
      readonly by: readonly Pointer[];
    }
  /** It starts again as another one (`ap_internal_redirect`). */
  | { readonly kind: "again"; readonly path: string; readonly by: readonly Pointer[] };

/** The same, with what the sections say that held at the end. */
export type RouteStep = Ended & { readonly conf: DirConf };
