// What an editor shows of a parameter: its comment says what it is, and the table beside it what httpd does without it, how
// a value is written and since when there is one. In the shipped types the comment says all of that.

/** How values are written whose type alone does not say it. */
const WRITTEN = {
  seconds: "A duration of whole seconds: `seconds(10)`.",
  time: "A duration down to milliseconds: `seconds(2)`, `millis(500)`.",
  milliseconds: "A duration of milliseconds: `millis(500)`.",
  lifetime: 'A duration of whole seconds, `seconds(10)`, or `"forever"`.',
};

/** Declarations of a table of parameters, each with all that is known of it in its comment. */
export function hovered(declarations) {
  return declarations.replaceAll(
    /^( +)(?:\/\*\* .* \*\/\n\1)?(readonly \w+: \{\n)([^]*?)\n\1\};/gm,
    (whole, indent, head, entry) => {
      const said = (word) => valueOf(entry, word, `${indent}    `);
      const [doc, unset, how, since] = [said("doc"), said("defaultDoc"), WRITTEN[said("kind") ?? ""], said("since")];
      if (doc === undefined || unset === undefined) return whole;
      const lines = [
        how === undefined ? doc : `${doc} ${how}`,
        "",
        `@default - ${unset}`,
        ...(since === undefined ? [] : [`@since httpd ${since}`]),
      ];
      const comment = lines.map((line) => `${indent} *${line === "" ? "" : ` ${line}`}\n`).join("");
      return `${indent}/**\n${comment}${indent} */\n${indent}${head}${entry}\n${indent}};`;
    },
  );
}

/** The text that an entry itself gives to a word; those of older versions stand deeper. */
function valueOf(entry, word, indent) {
  const line = entry.split("\n").find((one) => one.startsWith(`${indent}readonly ${word}: "`));
  return line === undefined ? undefined : JSON.parse(line.slice(line.indexOf('"'), -1));
}
