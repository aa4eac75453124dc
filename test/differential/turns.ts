/** Runs tasks in the order they come, at most `limit` at a time. */
export function turns(limit: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running >= limit) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    } else running++;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}

/** Does something once, when all of `count` callers have asked for it; all wait until it is done. */
export function together(count: number, act: () => Promise<void>): () => Promise<void> {
  let missing = count;
  let open: (done: Promise<void>) => void = () => undefined;
  const done = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    missing--;
    if (missing === 0) open(act());
    return done;
  };
}
