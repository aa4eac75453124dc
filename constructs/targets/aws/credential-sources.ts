import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** What this machine has of what the provider takes credentials from. */
export interface CredentialSources {
  /** The profile that the environment names. */
  readonly profile: string | undefined;
  /** The profile that is taken where none is named. */
  readonly usual: string;
  /** Every profile of the shared files. */
  readonly profiles: ReadonlySet<string>;
  /** Whether the environment has keys, a token of a web identity, or a container's credentials. */
  readonly given: boolean;
  /** Whether it is a machine of AWS, whose role cannot be seen from here. */
  readonly mayHaveRole: boolean;
}

/** Where Linux tells who made the machine. */
const VENDOR = "/sys/devices/virtual/dmi/id/sys_vendor";

/** Variables of which each is enough, or a pair that is. */
const ENOUGH = [
  ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"],
  ["AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN"],
  ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"],
  ["AWS_CONTAINER_CREDENTIALS_FULL_URI"],
] as const;

/** The only place of the targets that looks at the environment: the sources that AWS's library for Go, and so the provider, reads. */
export function credentialSources(
  env: Readonly<Partial<Record<string, string>>>,
  vendor: string = VENDOR,
): CredentialSources {
  const set = (name: string): string | undefined => (env[name] === "" ? undefined : env[name]);
  const home = join(set("HOME") ?? homedir(), ".aws");
  const credentials = read(set("AWS_SHARED_CREDENTIALS_FILE") ?? join(home, "credentials"));
  const config = read(set("AWS_CONFIG_FILE") ?? join(home, "config"));
  return {
    profile: set("AWS_PROFILE"),
    usual: set("AWS_DEFAULT_PROFILE") ?? "default",
    profiles: new Set([...sections(credentials, /^(.+)$/), ...sections(config, /^(?:profile\s+(.+)|(default))$/)]),
    given: ENOUGH.some((names) => names.every((name) => set(name) !== undefined)),
    mayHaveRole: set("AWS_EC2_METADATA_DISABLED")?.toLowerCase() !== "true" && read(vendor).startsWith("Amazon"),
  };
}

/** Text of a file; empty where there is none that can be read. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** Names of those sections that are profiles. */
function sections(text: string, profile: RegExp): readonly string[] {
  return Array.from(text.matchAll(/^\s*\[\s*([^\]\r\n]+?)\s*\]/gm)).flatMap(([, title = ""]) => {
    const [, named, other] = profile.exec(title) ?? [];
    const name = named ?? other;
    return name === undefined ? [] : [name.replace(/^(["'])(.*)\1$/, "$2")];
  });
}
