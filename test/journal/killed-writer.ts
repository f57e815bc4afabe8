/**
 * Run as a process of its own, to be killed: puts ids and results on a list until then, and says on standard output
 * what was acknowledged. Arguments: folder, list, a word that makes the ids its own.
 */
import { writeSync } from 'node:fs';
import { openJournal } from '../../source/journal/journal.ts';
import { newTask } from '../../source/task/task.ts';
import { clip } from '../helpers/tasks.ts';

const [folder = '', name = '', own = ''] = process.argv.slice(2);
const source = 'ccapi/producer';
const { journal } = openJournal({ folder, name });

for (let round = 0; round < 2_000; round++) {
  const ids = Array.from({ length: 1 + (round % 3) }, (_, index) => `${own}-${round}-${index}`);
  journal.add(ids.map(id => ({ source, id, addedAt: round })));
  writeSync(1, `${ids.map(id => `add ${id}`).join('\n')}\n`);

  const id = `${own}-${round}-0`;
  // Long enough that a kill can cut the write itself.
  const title = 'x'.repeat(round % 4 === 0 ? 900 : 10);
  const clips = Array.from({ length: round % 4 === 0 ? 30 : 1 }, () => clip({ id, title, duration: 1 }));
  journal.finish([{ ...newTask(source, id, round), status: 'succeeded', clips }]);
  writeSync(1, `result ${id}\n`);
}
