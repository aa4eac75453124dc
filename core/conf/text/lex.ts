import { isBlank } from "../../httpd/word.js";
import type { Line } from "./tree.js";

/**
 * Splits the text of a file into logical lines as `ap_cfg_getline` does (server/util.c): a backslash before the end of
 * line joins the next one, even one that stands alone on its line after a joined backslash; blanks at both ends go; a
 * NUL byte ends the line. Only LF ends a physical line. Lines with nothing at all on them that follow one another are
 * one empty line here, so that a file of nothing else stays small.
 */
export function lex(text: string): readonly Line[] {
  const lines: Line[] = [];
  let at = 0;
  let number = 1;
  while (at < text.length) {
    const line = emptyLines(text, at, number) ?? nextLine(text, at, number);
    lines.push(line);
    number = line.lastLine + 1;
    at = line.end;
  }
  return lines;
}

/**
 * Makes a function from offsets in `line.text` to offsets in the file; the offset after the last character is allowed.
 *
 * @param text - the text of the file the line was cut from
 */
export function offsetsInFile(text: string, line: Line): (offset: number) => number {
  if (line.line === line.lastLine) {
    const start = trimmedStart(text, line);
    return (offset) => start + offset;
  }
  const offsets = joinedOffsets(text, line);
  return (offset) => offsets[offset] ?? line.end;
}

const LF = 0x0a;
const CR = 0x0d;
const BACKSLASH = 0x5c;

/** Several LFs in a row. */
function emptyLines(text: string, start: number, number: number): Line | undefined {
  let end = start;
  while (text.charCodeAt(end) === LF) end += 1;
  if (end === start) return undefined;
  return { start, end, line: number, lastLine: number + end - start - 1, text: "" };
}

function nextLine(text: string, start: number, number: number): Line {
  const newline = text.indexOf("\n", start);
  const end = newline < 0 ? text.length : newline + 1;
  if (newline >= 0 && continues(text, start, newline)) return joinedLine(text, start, number);
  return { start, end, line: number, lastLine: number, text: trimmed(text, start, end) };
}

/** True when the physical line that ends at `newline` ends in a backslash. */
function continues(text: string, start: number, newline: number): boolean {
  let last = newline - 1;
  if (last >= start && text.charCodeAt(last) === CR) last -= 1;
  if (last < start || text.charCodeAt(last) !== BACKSLASH) return false;
  return !text.slice(start, last).includes("\0");
}

/** A stretch of the file that is part of a joined line. */
interface Span {
  readonly from: number;
  readonly to: number;
}

interface Joined {
  readonly spans: readonly Span[];
  readonly end: number;
  readonly lastLine: number;
}

function joinedLine(text: string, start: number, number: number): Line {
  const { spans, end, lastLine } = join(text, start, number);
  const joined = spans.map((span) => text.slice(span.from, span.to)).join("");
  return { start, end, line: number, lastLine, text: trimmed(joined, 0, joined.length) };
}

/** The stretches of the file that httpd joins into the line at `start`. */
function join(text: string, start: number, number: number): Joined {
  const spans: Span[] = [];
  let at = start;
  for (let lastLine = number; ; lastLine += 1) {
    if (at >= text.length) return { spans, end: at, lastLine };
    const newline = text.indexOf("\n", at);
    const to = newline < 0 ? text.length : newline;
    const nul = text.slice(at, to).indexOf("\0");
    spans.push({ from: at, to: nul < 0 ? to : at + nul });
    at = newline < 0 ? to : newline + 1;
    if (newline < 0 || nul >= 0 || !dropBackslash(text, spans)) return { spans, end: at, lastLine };
  }
}

/** Takes the backslash, and a CR behind it, off the end of what is joined so far; false when there is none. */
function dropBackslash(text: string, spans: Span[]): boolean {
  const beforeCr = lastOffset(spans, 0);
  const skip = beforeCr !== undefined && text.charCodeAt(beforeCr) === CR ? 1 : 0;
  const last = lastOffset(spans, skip);
  if (last === undefined || text.charCodeAt(last) !== BACKSLASH) return false;
  for (let left = skip + 1; left > 0;) {
    const span = spans.pop();
    if (span === undefined) break;
    const taken = Math.min(left, span.to - span.from);
    if (taken < span.to - span.from) spans.push({ from: span.from, to: span.to - taken });
    left -= taken;
  }
  return true;
}

/** Offset in the file of the last joined character, or of the one before it when `skip` is 1. */
function lastOffset(spans: readonly Span[], skip: 0 | 1): number | undefined {
  let left: number = skip;
  for (let index = spans.length - 1; index >= 0; index -= 1) {
    const span = spans[index];
    if (span === undefined) continue;
    const length = span.to - span.from;
    if (length > left) return span.to - 1 - left;
    left -= length;
  }
  return undefined;
}

/** Offset in the file of every character of the joined and trimmed text, and of the one after it. */
function joinedOffsets(text: string, line: Line): readonly number[] {
  const offsets: number[] = [];
  for (const span of join(text, line.start, line.line).spans) {
    for (let at = span.from; at < span.to; at += 1) offsets.push(at);
  }
  let from = 0;
  while (from < offsets.length && isBlank(text.charCodeAt(offsets[from] ?? 0))) from += 1;
  const kept = offsets.slice(from, from + line.text.length);
  const last = kept.at(-1);
  return last === undefined ? [line.start] : [...kept, last + 1];
}

function trimmedStart(text: string, line: Line): number {
  let from = line.start;
  while (from < line.end && isBlank(text.charCodeAt(from))) from += 1;
  return from;
}

/** Cuts at a NUL and trims, without copying what is cut off. */
function trimmed(text: string, start: number, end: number): string {
  let from = start;
  let to = end;
  while (from < to && isBlank(text.charCodeAt(from))) from += 1;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to -= 1;
  const line = text.slice(from, to);
  const nul = line.indexOf("\0");
  return nul < 0 ? line : trimEnd(line.slice(0, nul));
}

function trimEnd(text: string): string {
  let to = text.length;
  while (to > 0 && isBlank(text.charCodeAt(to - 1))) to -= 1;
  return text.slice(0, to);
}
