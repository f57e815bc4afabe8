import { useSyncExternalStore } from 'react';
import { frameOf, type Frame, type FrameOptions } from '../screen/frame.ts';
import { reuse } from '../screen/reuse.ts';
import type { State } from '../store/state.ts';
import type { Store } from '../store/store.ts';

/**
 * Frames of a store: the same object as long as nothing visible changed, which is when React does nothing; and the same
 * parts as before where only others changed, which are then not drawn again.
 */
export function frameSource(
  store: Store,
  options: FrameOptions,
): { readonly getFrame: () => Frame; readonly subscribe: Store['subscribe'] } {
  let last: { state: State; frame: Frame } | undefined;
  const getFrame = () => {
    const state = store.getState();
    if (last?.state !== state) last = { state, frame: reuse(last?.frame, frameOf(state, options)) };
    return last.frame;
  };
  return { getFrame, subscribe: store.subscribe };
}

export const useFrame = (source: ReturnType<typeof frameSource>): Frame =>
  useSyncExternalStore(source.subscribe, source.getFrame);
