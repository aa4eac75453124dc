/**
 * A value that follows from another one which does not change, such as a description: made when it is first asked for,
 * and the same until there is another source.
 */
export function following<Source extends object, Value>(
  source: () => Source,
  make: (source: Source) => Value,
): () => Value {
  let known: { readonly from: Source; readonly value: Value } | undefined;
  return () => {
    const from = source();
    if (known?.from !== from) known = { from, value: make(from) };
    return known.value;
  };
}
