/** A message as httpd writes it to its log: control characters, backslashes and bytes above 126 are escaped. */
export function logged(message: string): string {
  return message.replace(ESCAPED, (character) => LETTERS[character] ?? hexadecimal(character)).trimEnd();
}

const ESCAPED = /[\u0000-\u001f\\\u007f-\u00ff]/g;

const LETTERS: Readonly<Record<string, string>> = {
  "\b": "\\b",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  "\\": "\\\\",
};

function hexadecimal(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
}
