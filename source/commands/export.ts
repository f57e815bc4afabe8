import { endingAdvice, exportEnding } from '../export/choices.ts';
import type { CommandContext, Handlers, Report } from './context.ts';

/** Writing lists for other programs. */
export type ListWriter = {
  /** What is offered when a name is first asked for. */
  readonly suggestion: string;
  /** Writes the marked tasks, else all that are shown, to a file of that name. Never rejects. */
  readonly write: (path: string) => Promise<Report>;
};

/** Writing a list: a prompt asks for the file each time, and offers the last one; `exportTo` is what its answer calls. */
export function exportCommands(
  { dispatch, report }: CommandContext,
  lists: ListWriter,
): { readonly handlers: Handlers; readonly exportTo: (path: string) => void } {
  let last = lists.suggestion;
  const ask = (text: string, offered: boolean) => dispatch({ type: 'open-prompt', kind: 'export', text, offered });
  return {
    handlers: { export: () => ask(last, true) },
    exportTo: path => {
      if (exportEnding(path) === null) {
        ask(path, false);
        report({ level: 'warning', text: `${path}: ${endingAdvice}` });
        return;
      }
      last = path;
      void lists.write(path).then(report);
    },
  };
}
