import { describe, expect, test } from 'vitest';
import { batchFacts, factVariables, fileFacts, taskFacts } from '../../source/hooks/facts.ts';
import { clip, task } from '../helpers/tasks.ts';

const moon = task({
  ...{ id: 'moon', status: 'succeeded' },
  clips: [clip({ title: 'Moon', audioUrl: 'https://a/1' }), clip({ title: 'Moon (live)', audioUrl: 'https://a/2' })],
});
const ballad = task({
  id: 'ballad',
  status: 'failed',
  prompt: 'a ballad',
  error: { code: null, message: 'too long\nby far' },
});

describe('what a hook is told', () => {
  test('of a task', () => {
    expect(factVariables(taskFacts(moon, ['/m/1.mp3', '/m/2.mp3']))).toEqual({
      CLIPTOP_EVENT: 'task',
      CLIPTOP_ID: 'moon',
      CLIPTOP_SOURCE: 'ccapi/producer',
      CLIPTOP_STATUS: 'succeeded',
      CLIPTOP_TITLE: 'Moon',
      CLIPTOP_AUDIO_URL: 'https://a/1\nhttps://a/2',
      CLIPTOP_FILE: '/m/1.mp3\n/m/2.mp3',
      CLIPTOP_ERROR: '',
    });
  });

  test('of a task that failed: nothing is missing, what there is not is empty', () => {
    expect(factVariables(taskFacts(ballad, []))).toMatchObject({
      ...{ CLIPTOP_STATUS: 'failed', CLIPTOP_TITLE: 'a ballad', CLIPTOP_ERROR: 'too long\nby far' },
      ...{ CLIPTOP_AUDIO_URL: '', CLIPTOP_FILE: '' },
    });
  });

  test('of a file: the title and the address of its clip', () => {
    expect(factVariables(fileFacts(moon, 1, '/m/2.mp3'))).toMatchObject({
      ...{ CLIPTOP_EVENT: 'file', CLIPTOP_ID: 'moon', CLIPTOP_TITLE: 'Moon (live)' },
      ...{ CLIPTOP_AUDIO_URL: 'https://a/2', CLIPTOP_FILE: '/m/2.mp3' },
    });
  });

  test('of a batch: everything of all, one a line', () => {
    expect(factVariables(batchFacts([moon, ballad], ['/m/1.mp3']))).toMatchObject({
      ...{ CLIPTOP_EVENT: 'batch', CLIPTOP_ID: 'moon\nballad', CLIPTOP_SOURCE: 'ccapi/producer' },
      ...{ CLIPTOP_STATUS: 'partial', CLIPTOP_ERROR: 'too long', CLIPTOP_FILE: '/m/1.mp3' },
    });
    expect(batchFacts([moon], []).status).toBe('succeeded');
    expect(batchFacts([ballad], []).status).toBe('failed');
  });

  test('ends with a whole line where it would be too much for an environment', () => {
    const many = Array.from({ length: 1000 }, (_, index) => task({ id: `task_${index}`, status: 'succeeded' }));
    const { CLIPTOP_ID = '' } = factVariables(batchFacts(many, []), 100);
    expect(CLIPTOP_ID.length).toBeLessThanOrEqual(100);
    expect(CLIPTOP_ID.split('\n').at(-1)).toMatch(/^task_\d\d$/);
    const long = { ...moon, clips: [clip({ title: '雨'.repeat(100) })] };
    expect(factVariables(taskFacts(long, []), 100).CLIPTOP_TITLE).toBe('雨'.repeat(33));
  });
});
