import { appendFileSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followFile } from '../../source/list/follow-file.ts';

describe('following a file', () => {
  let path = '';
  let texts: string[] = [];
  let problems: string[] = [];
  let stop: () => void = () => undefined;

  beforeEach(() => {
    vi.useFakeTimers();
    path = join(mkdtempSync(join(tmpdir(), 'cliptop-follow-')), 'ids');
    writeFileSync(path, 'task_first\n');
    texts = [];
    problems = [];
    stop = followFile(path, { onText: text => texts.push(text), onProblem: text => problems.push(text) });
  });

  afterEach(() => {
    stop();
    vi.useRealTimers();
  });

  it('gives what is there, and then what is appended', () => {
    vi.advanceTimersByTime(1000);
    expect(texts.splice(0)).toEqual(['task_first']);
    appendFileSync(path, 'task_second\ntask_third\n');
    vi.advanceTimersByTime(500);
    expect(texts).toEqual(['task_second\ntask_third']);
  });

  it('waits for the end of a line before it gives it', () => {
    vi.advanceTimersByTime(500);
    texts = [];
    appendFileSync(path, 'task_sec');
    vi.advanceTimersByTime(500);
    expect(texts).toEqual([]);
    appendFileSync(path, 'ond\n');
    vi.advanceTimersByTime(500);
    expect(texts).toEqual(['task_second']);
  });

  it('takes no half id however long the rest of the line takes, and a whole one after two seconds', () => {
    const whole = `task_${'a'.repeat(32)}`;
    vi.advanceTimersByTime(500);
    texts = [];
    appendFileSync(path, whole.slice(0, 20));
    vi.advanceTimersByTime(60_000);
    expect(texts).toEqual([]);
    appendFileSync(path, whole.slice(20));
    vi.advanceTimersByTime(2000);
    expect(texts).toEqual([]);
    vi.advanceTimersByTime(500);
    expect(texts).toEqual([whole]);
    appendFileSync(path, '\n');
    vi.advanceTimersByTime(60_000);
    expect(texts).toEqual([whole]);
  });

  it('reads JSON over several lines as one text, and letters cut between two looks', () => {
    vi.advanceTimersByTime(500);
    texts = [];
    const json = Buffer.from('{\n  "é": [\n  ]\n}\n');
    const cut = json.indexOf('é') + 1;
    appendFileSync(path, json.subarray(0, cut));
    vi.advanceTimersByTime(500);
    appendFileSync(path, json.subarray(cut));
    vi.advanceTimersByTime(500);
    expect(texts).toEqual([json.toString().trimEnd()]);
  });

  it('reads a file that took the place of the old one from its beginning', () => {
    vi.advanceTimersByTime(500);
    texts = [];
    writeFileSync(`${path}.new`, 'task_other\n');
    renameSync(`${path}.new`, path);
    vi.advanceTimersByTime(500);
    expect(texts).toEqual(['task_other']);
  });

  it('tells once that the file is gone, and goes on when it is back', () => {
    vi.advanceTimersByTime(500);
    texts = [];
    renameSync(path, `${path}.away`);
    vi.advanceTimersByTime(2000);
    expect(problems).toHaveLength(1);
    writeFileSync(path, 'task_back\n');
    vi.advanceTimersByTime(500);
    expect(texts).toEqual(['task_back']);
  });
});
