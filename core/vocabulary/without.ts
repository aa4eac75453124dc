/** A copy of a record without some of its keys. */
export function without<T extends object, K extends keyof T>(record: T, ...keys: readonly K[]): Omit<T, K> {
  const dropped: readonly PropertyKey[] = keys;
  return Object.fromEntries(Object.entries(record).filter(([key]) => !dropped.includes(key))) as Omit<T, K>;
}
