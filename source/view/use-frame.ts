import { useSyncExternalStore } from 'react';
import type { Store } from '../store/store.ts';
import type { State } from '../store/state.ts';
import { frameOf, sameLines, type Frame, type FrameOptions } from '../screen/frame.ts';

/** Frames of a store: the same object as long as nothing visible changed, which is when React does nothing. */
export function frameSource(
  store: Store,
  options: FrameOptions,
): { getFrame: () => Frame; subscribe: Store['subscribe'] } {
  let last: { state: State; frame: Frame } | undefined;
  const getFrame = () => {
    const state = store.getState();
    if (last?.state !== state) {
      const next = frameOf(state, options);
      last = { state, frame: last === undefined ? next : sameLines(last.frame, next) };
    }
    return last.frame;
  };
  return { getFrame, subscribe: store.subscribe };
}

export const useFrame = (source: ReturnType<typeof frameSource>): Frame =>
  useSyncExternalStore(source.subscribe, source.getFrame);
