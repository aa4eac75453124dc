import { problemText } from "../../../core/vocabulary/problem.js";
import { shown } from "../../../core/vocabulary/shown.js";
import { attachment } from "../../attached.js";
import { TerraformStack } from "../../cdktf.js";
import type { Site } from "../../target.js";

/** Whose objects bear which name, kept with the stack: it knows one cluster. */
const TAKEN = attachment("kubernetes-names", () => new Map<string, string>());

/** Two objects of one kind and name are one object: who comes second with a name fails the synthesis. */
export function takeNames({ scope, name: server }: Site, namespace: string, nodes: readonly string[]): void {
  const taken = TAKEN.of(TerraformStack.of(scope));
  const owned = [[server, `server ${shown(server)}`], ...nodes.map((name) => [name, `node ${shown(name)}`])] as const;
  for (const [name = "", subject = ""] of owned) {
    const place = `${namespace}/${name}`;
    const owner = taken.get(place);
    if (owner === undefined) {
      taken.set(place, `${subject} at ${scope.node.path}`);
      continue;
    }
    const allowed = "a name of its own in the namespace, because each has a Service";
    const fix = "rename one of them; a node of several fronts is made beside one of them";
    const problem = problemText({
      at: "/nodes",
      subject: `${subject} of KubernetesTarget`,
      found: owner,
      allowed,
      fix,
    });
    scope.node.addValidation({ validate: () => [problem] });
  }
}
