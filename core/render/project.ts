import Handlebars from "handlebars";
import type { OutputFile } from "./files.js";
import { PROJECT_TEMPLATES } from "./project-templates.generated.js";

/** What a new project is made of. */
export interface ProjectParts {
  /** Name of package, stack and cdktf project: letters, digits and hyphens. */
  readonly name: string;
  /** Source of `stack.ts`. */
  readonly stack: string;
  /** Where that came from, as the end of a sentence: `from httpd.conf`. */
  readonly from: string;
  /** Version of this package, as a range of package.json. */
  readonly balancer: string;
}

/** What a project is pinned to: versions that the tests of this package install together. */
const VERSIONS = {
  cdktf: "0.21.0",
  constructs: "10.4.2",
  nodeTypes: "20.19.0",
  tsx: "4.23.0",
  typescript: "5.9.3",
} as const;

/** Names that npm does not take into a package, and the names they stand for. */
const DOTTED: Readonly<Record<string, string>> = { gitignore: ".gitignore" };

/** The files of a project that `cdktf synth` understands, with `stack.ts` among them. */
export function projectFiles({ stack, balancer, ...parts }: ProjectParts): readonly OutputFile[] {
  const said = { ...parts, versions: { ...VERSIONS, balancer } };
  const files = Object.entries(PROJECT_TEMPLATES).map(([name, text]): OutputFile => {
    const template = Handlebars.compile(text, { strict: true, noEscape: true, knownHelpersOnly: true });
    return { path: DOTTED[name] ?? name, text: template(said) };
  });
  return [...files, { path: "stack.ts", text: stack }];
}
