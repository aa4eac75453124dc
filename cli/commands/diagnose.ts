import { diagnose } from "../../core/diagnose/diagnose.js";
import type { Diagnosis } from "../../core/diagnose/diagnose.js";
import { harmless } from "../../core/report/harmless.js";
import { jsonText } from "../../core/report/json-text.js";
import { withoutSecrets } from "../../core/report/secrets.js";
import type { Command } from "../command.js";
import { withConfOptions } from "../conf-options.js";
import { loadInput } from "../input.js";
import type { Input } from "../input.js";
import { EXIT } from "../io.js";

/** `httpd-balancer diagnose`: from lines of httpd's error log to their cause. */
export const command: Command = {
  configure: (command) =>
    withConfOptions(command)
      .argument("[log]", "httpd's error log; - or nothing for standard input", "-")
      .option("--config <input>", "the httpd.conf, folder or spec that httpd runs with")
      .option("--json", "print one JSON document"),
  run([log], options, io) {
    const config = options["config"];
    const input = typeof config === "string" ? loadInput(config, io, options) : undefined;
    const text = new TextDecoder().decode(log === "-" ? io.readStdin() : io.readBytes(String(log)));
    const found = diagnose(text, input?.topology);
    if (options["json"] === true) io.stdout(jsonText({ diagnoses: found.map((one) => asJson(one, input)) }));
    else
      io.stdout(
        found.length === 0
          ? "no line about balancers that is known\n"
          : found.map((one) => asText(one, input)).join("\n"),
      );
    return found.length === 0 ? EXIT.clean : EXIT.findings;
  },
};

function placeOf(
  { at }: Diagnosis,
  input: Input | undefined,
): { readonly file: string; readonly line: number } | undefined {
  const place = at === undefined ? undefined : input?.locate(at);
  return place === undefined ? undefined : { file: place.file, line: place.line };
}

function asJson(one: Diagnosis, input: Input | undefined): object {
  const place = placeOf(one, input);
  return { ...one, at: undefined, message: shown(one.message), ...(place !== undefined && { place }) };
}

function asText(one: Diagnosis, input: Input | undefined): string {
  const place = placeOf(one, input);
  const often = one.times === 1 ? "" : ` (${one.times} times)`;
  return [
    `log:${one.logLine}: ${shown(one.message)}${often}`,
    `  ${one.meaning}`,
    ...(place === undefined ? [] : [`  where: ${place.file}:${place.line}`]),
    `  mend: ${one.mend}`,
    ...(one.checked === undefined ? [] : [`  tried: ${one.checked}`]),
    "",
  ].join("\n");
}

function shown(text: string): string {
  return harmless(withoutSecrets(text));
}
