import { Learning } from '../../source/poll/learning.ts';
import { timeLeft } from '../../source/store/estimate.ts';
import { reduce } from '../../source/store/reduce.ts';
import { initialState, type State } from '../../source/store/state.ts';
import { newTask, type Task } from '../../source/task/task.ts';
import type { Line } from '../report.ts';
import type { Pair } from './apart.ts';
import type { Server } from './server.ts';
import type { Draw, Trace } from './traces.ts';

/** One thing that was said about the time left, and what came true, in milliseconds. */
export type Said = { readonly said: number; readonly truth: number; readonly about: boolean };

const source = 'ccapi/producer';
/** Between two looks at the list, milliseconds. */
const beat = 5000;

/** What the header says over one draw of a trace, at each look after a quarter of the batch has ended, and when the server can tell. */
function saidInDraw({ spells }: Draw, { period }: Server): readonly Said[] {
  const all: Said[] = [];
  const learning = new Learning();
  let now = Date.parse('2026-09-21T14:00:00Z');
  let state: State = reduce(initialState, { type: 'add-sources', names: [source] });
  for (const [index, submitted] of spells.entries()) {
    const begun = now + 400_000;
    const tasks = submitted.map(({ at, took }, place) => ({
      id: `task_${index}_${place}`,
      at: begun + at,
      end: begun + at + took,
      visible: period === null ? begun + at + took : Math.ceil((begun + at + took) / period) * period,
    }));
    const over = tasks.reduce((latest, { visible }) => Math.max(latest, visible), 0);
    for (now = begun; now < over + beat; now += beat) {
      const known = tasks.filter(({ at }) => at <= now);
      const listed = known.map(({ id, at, end, visible }): Task => ({
        ...newTask(source, id, at),
        ...{ action: 'music', submittedAt: at },
        ...(visible <= now ? { status: 'succeeded', finishedAt: end } : { status: 'running' }),
      }));
      for (const task of listed) {
        learning.answered(task, { now, serverNow: now, addedAt: task.addedAt, regular: true });
      }
      for (const { action, durations } of learning.settle(now) ?? []) {
        state = reduce(state, { type: 'learned', source, at: now, action, durations });
      }
      const ended = listed.filter(({ status }) => status === 'succeeded').length;
      if (ended < listed.length / 4 || ended === listed.length) continue;
      const estimate = timeLeft({ ...state, tasks: listed, polledAt: now });
      if (estimate === null) continue;
      const truth = known.reduce((latest, { visible }) => Math.max(latest, visible), 0) - now;
      all.push({ said: estimate.left, truth, about: !estimate.guess });
    }
  }
  return all;
}

/** Whether what was said is within a third of the truth. */
export const isRight = ({ said, truth }: Said): boolean => Math.abs(said - truth) <= truth / 3;

export type Calibration = { readonly said: readonly Said[] };

/** What is said in all draws of a trace. */
export const calibrate = ({ draws }: Trace, server: Server): Calibration => ({
  said: draws.flatMap(draw => saidInDraw(draw, server)),
});

function share(part: readonly unknown[], whole: readonly unknown[]): string {
  if (whole.length === 0) return '';
  const percent = Math.round((100 * part.length) / whole.length);
  return percent === 0 && part.length > 0 ? '< 1 %' : `${percent} %`;
}

/** The same as a Markdown table. */
export function calibrationTable(rows: readonly (Pair & Calibration)[]): string {
  // Of one task nothing is said after a quarter has ended.
  const some = rows.filter(({ said }) => said.length > 0);
  const lines = some.map(({ trace, server, said }) => {
    const about = said.filter(each => each.about);
    const guessed = said.filter(each => !each.about);
    const cells = [
      ...[trace.name, server.name, share(about, said)],
      ...[share(about.filter(isRight), about), share(guessed.filter(isRight), guessed)],
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const head = [
    '| tasks | server | says `about` | of these right | of those with `~` |',
    '| --- | --- | --: | --: | --: |',
  ];
  return [...head, ...lines].join('\n');
}

/** What the bench holds: how much of what says `about` is more than a third off, in the trace where that is most. */
export function calibrationLine(rows: readonly Calibration[]): Line {
  const all = rows.flatMap(({ said }) => {
    const about = said.filter(each => each.about);
    const wrong = about.filter(each => !isRight(each)).length;
    return about.length === 0 ? [] : [{ wrong, said: about.length, ratio: wrong / about.length }];
  });
  const most = all.toSorted((a, b) => b.ratio - a.ratio)[0] ?? { wrong: NaN, said: 0, ratio: NaN };
  return {
    what: 'time left that says about, and is off by more than a third, at most',
    measured: String(most.wrong),
    reference: `said: ${most.said}`,
    ratio: most.ratio,
    budget: 0.2,
  };
}
