/** So many of a list, one after another and from its beginning again; none of an empty one. */
export function inTurn<T>(count: number, list: readonly T[]): readonly T[] {
  const rounds = list.length === 0 ? 0 : Math.ceil(count / list.length);
  return Array.from({ length: rounds }, () => list)
    .flat()
    .slice(0, count);
}
