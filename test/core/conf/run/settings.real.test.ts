import { afterAll, beforeAll, expect, it } from "vitest";
import { component, describeReal } from "../../../support/real.js";
import { Oracle, ourVerdict } from "./configtest.oracle.js";

/** Values at the edges of what each directive takes. */
const VALUES: Readonly<Record<string, string>> = {
  FileETag: "None|+None|-All|all|+Size -MTime|LMTime|LastModified|-1|- -|+|Size Nonsense",
  MaxMemFree: "0|-1|+1|2048|abc|9223372036854775807|9223372036854775808|-9223372036854775809",
  Mutex: "none|no|None default|none omitpid|default|sem|none nonsense default",
  ErrorLogFormat:
    '%M|%h|"%h %M"|expr=%{X}|"[%t] %M"|"%% %M"|"%M %"|"%{Referer}i %M"|"%{u}t %-a %M"|"%+a %M"|"%5a %M"|"%15a %M"|"%16a %M"|' +
    '"\\%h %M"|"%{abc %M"|request "%M"|request "%+a"|connection "%5a"|request "%a"|nonsense "%a"|"% %M"|%{x}M|""',
};

describeReal("settings, as a real httpd judges their values", ["apache2"], () => {
  let oracle: Oracle;
  beforeAll(() => {
    oracle = new Oracle(component("apache2"));
  });
  afterAll(() => {
    oracle.close();
  });

  const lines = Object.entries(VALUES).flatMap(([name, values]) =>
    values.split("|").map((value) => `${name} ${value}`),
  );
  it.each(lines)("%s", { timeout: 60_000 }, async (line) => {
    expect(ourVerdict(line)).toEqual(await oracle.verdict(line));
  });
});
