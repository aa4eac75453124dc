import type { JsonSchema, JsonValue } from "./json.js";
import type { Complaint } from "./problem.js";
import type { Reading, ReadingContext } from "./reading.js";

/** How values of one kind are read, printed, checked and described. */
export interface KindCodec<P, V> {
  read(parameter: P, text: string, context: ReadingContext): Reading<V>;
  print(parameter: P, value: V): string;
  check(parameter: P, value: unknown): Complaint | undefined;
  schema(parameter: P): JsonSchema;
  fromJson(json: JsonValue): unknown;
  toJson(value: V): JsonValue;
}
