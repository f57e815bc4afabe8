import { targets } from '../store/selectors.ts';
import { isEnded } from '../task/task.ts';
import { count, type CommandContext, type Handlers } from './context.ts';

/** What the commands need of the downloads. */
export type FileSaver = {
  /** Where files go; null: nobody has said. */
  readonly folder: () => string | null;
  /** What is offered when the folder is asked for. */
  readonly suggestion: string;
  /** Why nothing can be saved in a folder; null: it can. */
  readonly whyNot: (folder: string) => string | null;
  /** How many files these tasks have of the kinds that are saved, and these kinds in words. */
  readonly plan: (tasks: ReturnType<typeof targets>) => { readonly files: number; readonly kinds: string };
  /** Saves the clips of tasks, from now on in another folder if one is named. How many files they have, and how many are new. */
  readonly save: (
    tasks: ReturnType<typeof targets>,
    folder?: string,
  ) => { readonly planned: number; readonly added: number };
};

/** Saving files. A prompt asks for the folder, the first time and when it has gone bad; `saveTo` is what its answer calls. */
export function fileCommands(
  { state, dispatch, info, warn, key }: CommandContext,
  files: FileSaver,
): { readonly handlers: Handlers; readonly saveTo: (folder: string) => void } {
  const ended = () => targets(state()).filter(({ status }) => isEnded(status));
  /** Says why, where there is nothing to save: before a folder is asked for. */
  const hasFiles = (): boolean => {
    const { files: planned, kinds } = files.plan(ended());
    if (planned > 0) return true;
    const all = targets(state());
    if (all.length === 0) warn('nothing to save');
    else if (ended().length === 0) warn('nothing to save before a task has ended');
    else warn(`nothing to save: no ${kinds} there; --download-what chooses what is saved`);
    return false;
  };
  const save = (folder?: string) => {
    if (!hasFiles()) return;
    const { planned, added } = files.save(ended(), folder);
    const place = files.folder() ?? '';
    if (added > 0) info(`saving ${count(added, 'file')} in ${place}`);
    else info(`${planned === 1 ? 'it is' : `all ${planned} are`} saved already, or under way, in ${place}`);
  };
  return {
    handlers: {
      download: () => {
        if (!hasFiles()) return;
        const folder = files.folder();
        const why = folder === null ? null : files.whyNot(folder);
        if (folder !== null && why === null) {
          save();
          return;
        }
        dispatch({ type: 'open-prompt', kind: 'folder', text: folder ?? files.suggestion });
        if (why === null) return;
        const text = `${folder ?? ''} cannot be written (${why}): Enter tries it again, or name another folder`;
        dispatch({ type: 'prompt-note', note: { level: 'error', text } });
      },
    },
    saveTo(folder) {
      const why = files.whyNot(folder);
      if (why === null) save(folder);
      else warn(`${folder} cannot be written (${why}): ${key('download')} asks for another folder`);
    },
  };
}
