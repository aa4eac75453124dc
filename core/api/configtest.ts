import { testConf as testConf } from "../conf/run/configtest.js";
import type { ConfigTest } from "../conf/run/configtest.js";
import { NO_FILES } from "../conf/run/reader.js";
import type { ConfReader } from "../conf/run/reader.js";
import { originOf } from "../conf/run/executed.js";
import { fromUnicode, toUnicode } from "../httpd/bytes.js";
import type { HttpdVersion } from "../vocabulary/versions.js";
import type { SourcePlace } from "../vocabulary/place.js";

/** What is around an httpd.conf. */
export interface HttpdConfOptions {
  /**
   * Its path: its name in messages, and where relative includes start from.
   *
   * @default "httpd.conf"
   */
  readonly file?: string;
  /**
   * Where included files come from.
   *
   * @default - from nowhere: no file is there
   */
  readonly reader?: ConfReader;
  /**
   * Folder that relative paths start from until a `ServerRoot` says otherwise.
   *
   * @default - the folder of the file
   */
  readonly serverRoot?: string;
  /**
   * Environment variables that `${NAME}` falls back to.
   *
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Names given with `-D`.
   *
   * @default - none
   */
  readonly flags?: readonly string[];
  /** The httpd that is meant. @default - the one that the layout of its ServerRoot installs, else "2.4.71" */
  readonly httpd?: HttpdVersion;
}

/** What `httpd -t` says. */
export type ConfigTestVerdict =
  | {
      readonly ok: true;
      /** What passes `-t` and then fails the start, a sentence each. */
      readonly startUp: readonly string[];
      /** Directives that were accepted because nothing is known about them. */
      readonly notJudged: readonly SourcePlace[];
    }
  | {
      readonly ok: false;
      /** httpd's sentence, without file and line. */
      readonly message: string;
      /** The file httpd names. */
      readonly file?: string;
      /** The line httpd names, from 1. */
      readonly line?: number;
    };

/** Says what an httpd says to an httpd.conf, without httpd: verdict, line and sentence. */
export function configtest(text: string, options: HttpdConfOptions = {}): ConfigTestVerdict {
  return verdictOf(tested(text, options));
}

/** The configuration carried out as far as httpd would. */
export function tested(text: string, options: HttpdConfOptions): ConfigTest {
  return testConf(expandable(text, options));
}

/** An httpd.conf as the folder `conf` takes it. */
export function expandable(
  text: string,
  { file = "httpd.conf", reader = NO_FILES, httpd, ...rest }: HttpdConfOptions,
): Parameters<typeof testConf>[0] {
  return { path: file, text: fromUnicode(text), reader, ...(httpd !== undefined && { version: httpd }), ...rest };
}

/** The verdict of a test. */
export function verdictOf({ error, startUp, notJudged }: ConfigTest): ConfigTestVerdict {
  if (error === undefined) {
    return { ok: true, startUp: startUp.map(({ message }) => message), notJudged: notJudged.map(originOf) };
  }
  const { message, source, line } = error;
  return {
    ok: false,
    message: toUnicode(message),
    ...(source !== undefined && { file: source }),
    ...(line !== undefined && { line }),
  };
}
