/** Something httpd does not accept: its sentence, with what those who read it steer by as data beside it. */
export interface Refusal {
  /** httpd's sentence, without the envelope that names file and line. */
  readonly sentence: string;
  /** What to write instead, in words: begins with a verb, ends without a full stop. */
  readonly mend: string;
  /**
   * Where the fault lies: in the text, wherever the file runs; or in the machine it is judged on, which lacks something
   * the text names; or in the size, beyond which this program reads no further (httpd would).
   */
  readonly about: "text" | "machine" | "size";
  /** The argument the sentence is about, as httpd reads it; undefined where it is about the line as a whole. */
  readonly word?: string;
  /** What is wrong with {@link word}, where more can be said than that it is wrong. */
  readonly fault?: WordFault;
  /** The file or folder that is not on this machine. */
  readonly missing?: string;
  /** The symbol of the only module that knows the directive: `proxy_module`. */
  readonly module?: string;
  /** True where sections do not close as they open, so that what follows stands nobody knows where. */
  readonly sections?: true;
}

/** What is wrong with a word: a key that a worker, balancer or template does not know, or a URL that is none. */
export type WordFault =
  "unknown worker parameter" | "unknown balancer parameter" | "unknown template parameter" | "bad URL";

/** What a directive says about its arguments: undefined when it is content. */
export type Objection = Refusal | undefined;

/**
 * A refusal that is about the text.
 *
 * @param sentence - httpd's
 * @param mend - what to write instead
 * @param word - the argument it is about, where it is one
 */
export function refused(sentence: string, mend: string, word?: string): Refusal {
  return { sentence, mend, about: "text", ...(word === undefined ? {} : { word }) };
}

/** The same complaint in other words around its sentence. */
export function reworded<C extends Objection>(complaint: C, words: (sentence: string) => string): C {
  return complaint === undefined ? complaint : { ...complaint, sentence: words(complaint.sentence) };
}

/** A complaint about a file or folder that this machine lacks. */
export function missingHere(path: string, sentence: string): Refusal {
  return { sentence, mend: `make ${path}, or name one that is there`, about: "machine", missing: path };
}
