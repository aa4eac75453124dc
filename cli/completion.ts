/** A command as a shell completes it. */
export interface CommandWords {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly OptionWords[];
}

/** An option of a command. */
export interface OptionWords {
  /** With its dashes: `--format`, `-D`. */
  readonly flag: string;
  readonly doc: string;
  /** True when a value stands behind it. */
  readonly takesValue: boolean;
}

/** Scripts that complete the commands of this program and their options, by shell. Where neither fits, files are named. */
export const COMPLETIONS: Readonly<Record<string, (commands: readonly CommandWords[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

const PROGRAM = "httpd-balancer";

/** One branch a command, with the flags of its options. */
function branches(commands: readonly CommandWords[], act: (flags: string) => string): string {
  return commands.map(({ name, options }) => `      ${name}) ${act(flagsOf(options))} ;;\n`).join("");
}

function flagsOf(options: readonly OptionWords[]): string {
  return options.map(({ flag }) => flag).join(" ");
}

function bashScript(commands: readonly CommandWords[]): string {
  return `# Completion of ${PROGRAM} in bash: source <(${PROGRAM} completion bash)
_httpd_balancer() {
  local current=\${COMP_WORDS[COMP_CWORD]} words=
  if [ "$COMP_CWORD" -eq 1 ]; then
    words='${[...commands.map(({ name }) => name), "--help", "--version"].join(" ")}'
  elif [ "\${current:0:1}" = - ]; then
    case \${COMP_WORDS[1]} in
${branches(commands, (flags) => `words='${flags}'`)}    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _httpd_balancer ${PROGRAM}
`;
}

function zshScript(commands: readonly CommandWords[]): string {
  const rows = commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}\n`).join("");
  return `#compdef ${PROGRAM}
# Completion of ${PROGRAM} in zsh: source <(${PROGRAM} completion zsh)
_httpd_balancer() {
  local -a commands=(
${rows}  )
  if (( CURRENT == 2 )); then
    _describe command commands
  elif [[ $words[CURRENT] == -* ]]; then
    case $words[2] in
${branches(commands, (flags) => `compadd -- ${flags}`)}    esac
  else
    _files
  fi
}
compdef _httpd_balancer ${PROGRAM}
`;
}

function fishScript(commands: readonly CommandWords[]): string {
  const names = commands.map(({ name, summary }) => {
    return `complete -c ${PROGRAM} -n __fish_use_subcommand -f -a ${name} -d ${fishQuoted(summary)}\n`;
  });
  const options = commands.flatMap(({ name, options: own }) =>
    own.map(({ flag, doc, takesValue }) => {
      const word = flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`;
      const value = takesValue ? " -r" : "";
      return `complete -c ${PROGRAM} -n '__fish_seen_subcommand_from ${name}' ${word}${value} -d ${fishQuoted(doc)}\n`;
    }),
  );
  return `# Completion of ${PROGRAM} in fish: ${PROGRAM} completion fish | source\n${[...names, ...options].join("")}`;
}

/** A word of bash and zsh. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function fishQuoted(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
