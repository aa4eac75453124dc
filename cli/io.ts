/** What a command may touch: files and the terminal. Tests give an in-memory one. */
export interface Io {
  /**
   * Reads a file; throws an {@link UnusableError} when it cannot. One of the working folder is not read where a link
   * leads it out of there, unless the caller has `judged` where it leads.
   */
  readBytes(path: string, judged?: boolean): Uint8Array;
  /** All of standard input. */
  readStdin(): Uint8Array;
  /** Names in a folder, sorted by code point; undefined when the path is not a folder. */
  readFolder(path: string): readonly string[] | undefined;
  /** What is at a path, links followed; undefined for nothing. Of "other" (a pipe, a device) nothing is ever read. */
  kindOf(path: string): "file" | "folder" | "other" | undefined;
  /** The path without links; undefined for nothing. */
  realPath(path: string): string | undefined;
  /** True when something is at the path. */
  exists(path: string): boolean;
  /** Writes files, all or none, each whole or not at all, and the folders above them. */
  writeFiles(files: readonly FileToWrite[]): void;
  /** Shows a text to whoever reads; secrets do not come through. */
  stdout(text: string): void;
  /** As {@link Io.stdout}, beside the answer. */
  stderr(text: string): void;
  /** Gives out on stdout what was asked for, as it is: a file, a schema, a page of the documentation. */
  deliver(text: string): void;
  /** True where a stranger's input may be what is read: under CI. */
  readonly confined: boolean;
  /** True when stdout is a terminal that shows colours. */
  readonly colour: boolean;
  /** Puts a question and gives the line that is typed. @default - nobody is there to answer */
  ask?(question: string): Promise<string>;
  /** Characters of a line that is printed. @default - lines are as long as they are */
  readonly width?: number;
  /** Columns of the terminal that sentences are broken for. @default - stdout is none, and whoever reads it searches it */
  readonly columns?: number;
}

/** A file that a command writes. */
export interface FileToWrite {
  readonly path: string;
  readonly text: string | Uint8Array;
  /** What it was read as: a file that is another by now is not written. @default - whatever is there goes */
  readonly before?: Uint8Array;
  /** Folder that a link may lead to, beside its own. @default - none */
  readonly within?: string;
  /** Holds a secret: a new file is its owner's alone. @default false */
  readonly secret?: boolean;
}

/** Something the command needs is not usable (no such file, bad usage): exit status 2. */
export class UnusableError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UnusableError";
  }
}

/** An input that was read and refused (httpd would not start with it, a spec has problems): exit status 1. */
export class RejectedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "RejectedError";
  }
}

/** Exit statuses of every command. */
export const EXIT = { clean: 0, findings: 1, unusable: 2 } as const;

/** An exit status. */
export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];
