/** A kind of Kubernetes whose check is generated from Kubernetes' own OpenAPI document. */
interface Kind {
  readonly prototype: { validate(): void };
}

/**
 * What is wrong with a manifest: what the schema of its kind says, and fields that no schema knows, which the schemas themselves
 * let pass and an API server refuses. A field is known that the check looks at; a mapping of which it goes through all keys takes any.
 */
export function strictProblems({ prototype }: Kind, manifest: object): readonly string[] {
  const seen: Seen = { fields: new Map() };
  try {
    prototype.validate.call(watched(manifest, "", seen));
  } catch (error) {
    return [String(error)];
  }
  return unknownIn(manifest, "", seen);
}

/** Fields that were looked at, by the path of their object; undefined where any may be there. */
interface Seen {
  readonly fields: Map<string, Set<string> | undefined>;
}

function watched<T extends object>(value: T, path: string, seen: Seen): T {
  if (!seen.fields.has(path)) seen.fields.set(path, Array.isArray(value) ? undefined : new Set());
  return new Proxy(value, {
    get(target, key) {
      const part: unknown = Reflect.get(target, key);
      if (typeof key === "symbol") return part;
      seen.fields.get(path)?.add(key);
      return typeof part === "object" && part !== null ? watched(part, `${path}/${key}`, seen) : part;
    },
    ownKeys(target) {
      seen.fields.set(path, undefined);
      return Reflect.ownKeys(target);
    },
  });
}

function unknownIn(value: object, path: string, seen: Seen): readonly string[] {
  const known = seen.fields.get(path);
  const isLookedAt = seen.fields.has(path);
  return Object.entries(value).flatMap(([key, part]): readonly string[] => {
    const own = `${path}/${key}`;
    if (isLookedAt && known !== undefined && !known.has(key)) return [`${own}: no schema knows this field`];
    return typeof part === "object" && part !== null ? unknownIn(part as object, own, seen) : [];
  });
}
