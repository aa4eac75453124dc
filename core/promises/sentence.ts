/**
 * A sentence in which members have no names yet: text, and members by index. What was found of one cluster can so be
 * told of every cluster like it.
 */
export type Sentence = readonly (string | NamedMember)[];

/** The place of a member's name in a sentence. */
interface NamedMember {
  readonly member: number;
}

/** Makes a sentence of a template: values are members, numbers, words and other sentences. */
export function sentence(
  texts: TemplateStringsArray,
  ...values: readonly (string | number | NamedMember | Sentence)[]
): Sentence {
  return texts.flatMap((text, index): Sentence => {
    const value = index < values.length ? values[index] : undefined;
    if (value === undefined) return [text];
    if (typeof value === "object") return "member" in value ? [text, value] : [text, ...value];
    return [text, String(value)];
  });
}

/** The name of a member in a sentence. */
export function named(member: number): NamedMember {
  return { member };
}

/** Sentences one after the other, with a text between them. */
export function joinedWords(sentences: readonly Sentence[], separator: string): Sentence {
  return sentences.flatMap((each, index) => (index === 0 ? each : [separator, ...each]));
}

/** "a", "a and b", "a, b and c"; of more than eight the first six. */
export function listed(sentences: readonly Sentence[]): Sentence {
  if (sentences.length > 8)
    return sentence`${joinedWords(sentences.slice(0, 6), ", ")} and ${sentences.length - 6} more`;
  return joinedWithAnd(sentences);
}

/** "a", "a and b", "a, b and c", however many there are. */
export function joinedWithAnd(sentences: readonly Sentence[]): Sentence {
  if (sentences.length < 2) return joinedWords(sentences, "");
  return sentence`${joinedWords(sentences.slice(0, -1), ", ")} and ${sentences.at(-1) ?? ""}`;
}

/** The sentence as text, with members under the names that are given for them. */
export function sentenceText(said: Sentence, nameOf: (member: number) => string): string {
  return said.map((piece) => (typeof piece === "string" ? piece : nameOf(piece.member))).join("");
}
