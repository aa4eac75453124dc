import type { SourcePlace } from "../vocabulary/place.js";

/** A value of a server's own file, and where it is written. */
export interface FileValue<Value> {
  /** Undefined where only the start of the server says what it is. */
  readonly value: Value | undefined;
  readonly place: SourcePlace;
  /** Property of the start that would make it another, `jboss.node.name`; undefined where the file alone decides. */
  readonly unless?: string | undefined;
}

/** The same value as a number; undefined for what is none. */
export function numberIn({ value, place, unless }: FileValue<string>): FileValue<number> {
  return { value: value !== undefined && /^-?\d+$/.test(value) ? Number(value) : undefined, place, unless };
}

/** A value moved by another, as ports are by an offset. */
export function movedBy(port: FileValue<number>, offset: FileValue<number> | undefined): FileValue<number> {
  if (offset === undefined) return port;
  return {
    value: port.value === undefined || offset.value === undefined ? undefined : port.value + offset.value,
    place: port.place,
    unless: offset.unless ?? port.unless,
  };
}
