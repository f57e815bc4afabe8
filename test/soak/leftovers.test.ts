import { afterEach, describe, expect, it } from 'vitest';
import { movingScenario } from '../../bench/scenes.ts';
import { createWorld, type World } from './world.ts';

const hour = 3_600_000;
const hours = process.env.CLIPTOP_SOAK === '1' ? 24 : 3;
/** Milliseconds between polls; each poll draws a frame. */
const interval = 60_000;

let world: World;
let round = 0;

const open = async (): Promise<World> => {
  world = createWorld(
    movingScenario(20, 10, () => round),
    interval,
  );
  await world.settle();
  return world;
};

afterEach(() => world.close());

const listeners = ({ screen, keyboard }: World) => [
  ...[screen, keyboard].flatMap(stream => stream.eventNames().map(name => [String(name), stream.listenerCount(name)])),
  ...['SIGINT', 'SIGTERM', 'SIGHUP', 'exit', 'beforeExit'].map(name => [name, process.listenerCount(name)]),
];

/** The number of timers in this process; its other resources belong to the test runner. */
const timers = () => process.getActiveResourcesInfo().filter(name => name === 'Timeout' || name === 'Immediate').length;

/** Waits for the timer of Ink's frame limit, which runs in real time. */
const rest = () => new Promise(resolve => setTimeout(resolve, 20));

describe('hours of pausing, resizing, filtering and opening overlays', () => {
  it('leave no additional timer or listener', { timeout: 120_000 }, async () => {
    const { poller, screen, store, clock, keyboard, settle, pass } = await open();
    poller.start();
    await pass(10 * interval);
    await rest();
    const before = { timers: timers(), listeners: listeners(world), pending: clock.pending };

    screen.on('resize', () => store.dispatch({ type: 'resize', columns: screen.columns, rows: screen.rows }));
    const own = screen.listenerCount('resize');
    for (let at = 0; at < hours * 6; at++) {
      round++;
      poller.pause(at % 3 === 0);
      store.dispatch({ type: 'pause', paused: at % 3 === 0 });
      screen.resize(60 + ((at * 13) % 90), 10 + ((at * 7) % 40));
      store.dispatch({ type: 'filter', text: at % 2 === 0 ? 'snow' : '' });
      store.dispatch({ type: 'open-overlay', overlay: { kind: at % 2 === 0 ? 'help' : 'log', filter: '' } });
      poller.setInterval(at % 5 === 0 ? interval * 2 : interval);
      poller.refreshAll();
      keyboard.type('j');
      await pass(hour / 12);
      store.dispatch({ type: 'close-overlay' });
      await pass(hour / 12);
    }
    poller.pause(false);
    store.dispatch({ type: 'filter', text: '' });
    await settle();
    expect(screen.listenerCount('resize')).toBe(own);
    screen.removeListener('resize', screen.listeners('resize').at(-1) as () => void);
    await pass(10 * interval);
    await rest();
    expect({ timers: timers(), listeners: listeners(world), pending: clock.pending }).toEqual(before);
  });

  it('and unmounting removes all of them', async () => {
    const signals = process.listenerCount('SIGINT') + process.listenerCount('exit');
    const { poller, screen, keyboard, clock, close, pass } = await open();
    const state = process.getActiveResourcesInfo().length;
    poller.start();
    await pass(5 * interval);
    await close();
    await rest();
    expect(clock.pending).toBe(0);
    expect(screen.listenerCount('resize')).toBe(0);
    expect(keyboard.listenerCount('readable') + keyboard.listenerCount('data')).toBe(0);
    expect(process.listenerCount('SIGINT') + process.listenerCount('exit')).toBeLessThanOrEqual(signals);
    expect(process.getActiveResourcesInfo().length).toBeLessThanOrEqual(state);
  });
});
