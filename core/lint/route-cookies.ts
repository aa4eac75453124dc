import type { StatementWord } from "../conf/run/statement.js";
import type { ConfView, WrittenDirective } from "./conf-view.js";

/** A cookie in which httpd itself tells the route, by a Header directive. */
export interface RouteCookieLine {
  readonly name: string;
  /** What stands behind the `=`, attributes included. */
  readonly value: string;
  readonly word: StatementWord;
  readonly written: WrittenDirective;
}

/** The cookies with the route that Header directives set. */
export function routeCookies(conf: ConfView | undefined): readonly RouteCookieLine[] {
  return (conf?.named("header") ?? []).flatMap((written): readonly RouteCookieLine[] => {
    const { words } = written;
    const at = words.findIndex(({ text }) => text.toLowerCase() === "set-cookie");
    const word = at === -1 ? undefined : words[at + 1];
    const [, name, value] = /^([^=;\s]+)=(.*)$/.exec(word?.text ?? "") ?? [];
    if (word === undefined || name === undefined || value === undefined) return [];
    return value.includes("BALANCER_WORKER_ROUTE") ? [{ name, value, word, written }] : [];
  });
}
