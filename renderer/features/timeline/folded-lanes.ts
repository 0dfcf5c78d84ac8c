/** Which lanes are folded, remembered on this machine. */
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { LaneName } from './lanes.ts';

interface FoldedLanes {
  readonly folded: readonly LaneName[];
}

const useStore = create<FoldedLanes>()(
  persist(() => ({ folded: [] as readonly LaneName[] }), { name: 'faultline.lanes', version: 1 }),
);

export function useFoldedLanes(): readonly LaneName[] {
  return useStore(({ folded }) => folded);
}

export function isFolded(folded: readonly LaneName[], name: LaneName): boolean {
  return folded.includes(name);
}

export function setFolded(name: LaneName, value: boolean): void {
  useStore.setState(({ folded }) => {
    const others = folded.filter((other) => other !== name);
    return { folded: value ? [...others, name] : others };
  });
}
