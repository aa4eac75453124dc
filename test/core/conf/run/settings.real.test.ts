import { judgedAlike } from "./judged-alike.js";

/** Values at the edges of what each directive takes. */
const VALUES: Readonly<Record<string, string>> = {
  FileETag: "None|+None|-All|all|+Size -MTime|LMTime|LastModified|-1|- -|+|Size Nonsense",
  MaxMemFree: "0|-1|+1|2048|abc|9223372036854775807|9223372036854775808|-9223372036854775809",
  Mutex: "none|no|None default|none omitpid|default|sem|none nonsense default",
  ErrorLogFormat:
    '%M|%h|"%h %M"|expr=%{X}|"[%t] %M"|"%% %M"|"%M %"|"%{Referer}i %M"|"%{u}t %-a %M"|"%+a %M"|"%5a %M"|"%15a %M"|"%16a %M"|' +
    '"\\%h %M"|"%{abc %M"|request "%M"|request "%+a"|connection "%5a"|request "%a"|nonsense "%a"|"% %M"|%{x}M|""',
};

const lines = Object.entries(VALUES).flatMap(([name, values]) => values.split("|").map((value) => `${name} ${value}`));

judgedAlike("settings, as a real httpd judges their values", lines);
