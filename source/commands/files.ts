import { targets } from '../store/selectors.ts';
import { isEnded } from '../task/task.ts';
import { count, type CommandContext, type Handlers } from './context.ts';

/** What the commands need of the downloads. */
export type FileSaver = {
  /** Where files go; null: nobody has said. */
  readonly folder: () => string | null;
  /** What is offered when the folder is asked for. */
  readonly suggestion: string;
  /** Saves the clips of tasks, to a folder where none was named before. How many files they have, and how many are new. */
  readonly save: (
    tasks: ReturnType<typeof targets>,
    folder?: string,
  ) => { readonly planned: number; readonly added: number };
};

/** Saving files. The first time, a prompt asks for the folder; `saveTo` is what its answer calls. */
export function fileCommands(
  { state, dispatch, info, warn }: CommandContext,
  files: FileSaver,
): { readonly handlers: Handlers; readonly saveTo: (folder: string) => void } {
  const save = (folder?: string) => {
    const tasks = targets(state());
    const ended = tasks.filter(({ status }) => isEnded(status));
    const { planned, added } = files.save(ended, folder);
    const place = files.folder() ?? '';
    if (added > 0) info(`saving ${count(added, 'file')} in ${place}`);
    else if (planned > 0)
      info(`${planned === 1 ? 'it is' : `all ${planned} are`} saved already, or under way, in ${place}`);
    else warn(tasks.length > 0 && ended.length === 0 ? 'nothing to save before a task has ended' : 'nothing to save');
  };
  return {
    handlers: {
      download: () => {
        if (targets(state()).length === 0) warn('nothing to save');
        else if (files.folder() === null) dispatch({ type: 'open-prompt', kind: 'folder', text: files.suggestion });
        else save();
      },
    },
    saveTo: save,
  };
}
