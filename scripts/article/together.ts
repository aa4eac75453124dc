/** All values, once each of them is settled: nothing goes on behind an error. Throws the first one. */
export async function together<Value>(promises: readonly Promise<Value>[]): Promise<readonly Value[]> {
  const settled = await Promise.allSettled(promises);
  return settled.map((one) => {
    if (one.status === "rejected") throw one.reason instanceof Error ? one.reason : new Error(String(one.reason));
    return one.value;
  });
}
