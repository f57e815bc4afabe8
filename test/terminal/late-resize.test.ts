import { expect, it } from 'vitest';
import { lateResize } from '../../source/terminal/late-resize.ts';
import { TerminalStream } from '../helpers/terminal-stream.ts';

it('tells of a new size after what was due before it, and of everything else at once', async () => {
  const stream = new TerminalStream(() => undefined);
  const late = lateResize(stream as unknown as NodeJS.WriteStream);
  const heard: string[] = [];
  const onResize = () => heard.push(`resize ${late.columns}`);
  stream.on('resize', () => queueMicrotask(() => heard.push('drawn')));
  late.on('resize', onResize);
  late.on('drain', () => heard.push('drain'));
  stream.columns = 99;
  stream.emit('resize');
  stream.emit('drain');
  expect(heard).toEqual(['drain']);
  await Promise.resolve();
  expect(heard).toEqual(['drain', 'drawn', 'resize 99']);
  late.off('resize', onResize);
  expect(stream.listenerCount('resize')).toBe(1);
});
