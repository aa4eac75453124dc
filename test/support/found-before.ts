import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What a campaign has found and written, by the name of its attack: played in every run from then on. */
export function foundBefore(attack: string): readonly { readonly name: string; readonly fixture: unknown }[] {
  const folder = join(__dirname, "../fixtures", attack);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name): { readonly name: string; readonly fixture: unknown } => {
      return { name, fixture: JSON.parse(readFileSync(join(folder, name), "utf8")) as unknown };
    });
}
