import { loadAll } from "js-yaml";
import type { ApiServer, KubectlRun } from "./api-server.js";
import { differences } from "./manifest.js";
import type { Manifest } from "./manifest.js";

const WORDS = ["apply", "--dry-run=server", "--validate=strict", "-o", "json", "-f", "-"] as const;

/** What the server says of a text of manifests, which it does not keep. */
export function dryRun(server: ApiServer, text: string): KubectlRun {
  return server.kubectl(WORDS, text);
}

/** What is wrong where it is to be accepted: that it is not, a warning, or a word that it has otherwise. */
export function faultOf(server: ApiServer, text: string): string | undefined {
  const { status, stdout, stderr } = dryRun(server, text);
  if (status !== 0 || stderr !== "") return `status ${status}: ${stderr}`;
  const said = listed(loadAll(text));
  const kept = listed([JSON.parse(stdout) as unknown]);
  const other = said.flatMap((each, index) => differences(each, kept[index], `/${each.kind}`));
  return other.length === 0 && said.length === kept.length ? undefined : other.join("\n");
}

/** A manifest, or a list of them. */
interface Document extends Manifest {
  readonly items?: readonly Manifest[];
}

function listed(documents: readonly unknown[]): readonly Manifest[] {
  return (documents as readonly Document[]).flatMap((each) => each.items ?? [each]);
}
