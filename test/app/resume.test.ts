import { expect, it } from 'vitest';
import { whatResumes } from '../../source/app/resume.ts';
import { configure } from '../../source/options/configure.ts';
import { watching } from '../helpers/state.ts';

/** What would go on with the files of that command line, whose folder is `folder`. */
async function resumes(
  args: readonly string[],
  folder: string | null,
  output: 'tui' | 'plain' = 'tui',
  command = 'cliptop',
) {
  const { options } = await configure(args);
  const store = { getState: () => watching([]) };
  return whatResumes({ options, output, download: { folder }, keymap: store.getState().keymap, command });
}

it('the saved list goes on with unfinished files, with the flags that decide on their names', async () => {
  expect(await resumes(['task_00000001', '--download', '/songs'], '/songs')).toBe('cliptop --download /songs');
  const flags = ['--session', 'night', '--download-what', 'audio,cover', '--download-name', "{date}/{title}'"];
  expect(await resumes(['--download', 'x', ...flags], '/my songs')).toBe(
    "cliptop --session night --download '/my songs' --download-what audio,cover --download-name '{date}/{title}'\\'''",
  );
});

it('the command that goes on with them starts the program as it was started', async () => {
  expect(await resumes(['--download', 'x'], '/songs', 'tui', 'npm start --')).toBe('npm start -- --download /songs');
});

it('without a saved list the same command goes on with them, and after D the same key', async () => {
  expect(await resumes(['task_00000001', '--download', '/songs', '--no-save'], '/songs')).toBe('the same command');
  expect(await resumes(['task_00000001', '--download', '/songs'], '/songs', 'plain')).toBe('the same command');
  expect(await resumes(['task_00000001'], null)).toBe('D for the same folder');
});

it('nothing goes on with the songs of a demo', async () => {
  expect(await resumes(['--demo', '--download', '/songs'], '/songs')).toBeNull();
});
