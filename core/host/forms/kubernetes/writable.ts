import type { EmptyDirVolumeSource, Volume, VolumeMount } from "kubernetes-types/core/v1";

/** Empty folders for those that a container writes to, each by its place in the list. */
export function writableVolumes(folders: readonly string[], source: EmptyDirVolumeSource): Volume[] {
  return folders.map((_, index) => ({ name: nameOf(index), emptyDir: source }));
}

/** Where these are in the container. */
export function writableMounts(folders: readonly string[]): VolumeMount[] {
  return folders.map((mountPath, index) => ({ name: nameOf(index), mountPath }));
}

function nameOf(index: number): string {
  return `writable-${index}`;
}
