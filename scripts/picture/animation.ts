// A recording as one SVG that moves: all that was ever on the screen, each thing shown as long as it was there.
import { drawLine, lineTop, windowSvg } from './svg.ts';
import type { Shot } from './recording.ts';

/** From when to when something is shown, in milliseconds. */
type Span = { readonly from: number; readonly to: number };

type AnimationOptions = {
  readonly label: string;
  /** Milliseconds from the start of the program: what the animation begins and ends with. */
  readonly from: number;
  readonly to: number;
  /** What is shown where nothing is to move. */
  readonly still: number;
};

export function animatedSvg(shots: readonly Shot[], { label, from, to, still }: AnimationOptions): string {
  const { screen: first } = shots.findLast(({ at }) => at <= from) ?? shots[0] ?? missing();
  const window = { from, to };
  const classes = new Map<string, string>();
  const drawn = (things: Things) =>
    [...things].map(([thing, spans]) => {
      if (spans.length === 1 && spans[0]?.from === from && spans[0].to === to) return thing;
      const key = JSON.stringify(spans);
      const name = classes.get(key) ?? `f${classes.size}`;
      classes.set(key, name);
      const hidden = spans.some(span => span.from <= still && still < span.to) ? '' : ' visibility="hidden"';
      return thing.replace(/ /, ` class="f ${name}"${hidden} `);
    });
  const body = Array.from({ length: first.rows }, (_, row) => {
    const { grounds, signs } = thingsOf(shots, row, window);
    return [...drawn(grounds), ...drawn(signs)];
  }).flat();
  const seconds = (to - from) / 1000;
  const moving = [...classes].map(([key, name]) => keyframes(name, JSON.parse(key) as Span[], window));
  const style = [
    `.f{animation:${seconds}s step-end infinite}`,
    ...moving,
    '@media (prefers-reduced-motion:reduce){.f{animation:none!important}}',
  ].join('\n');
  return windowSvg(first, { body: body.join('\n'), label, style });
}

function missing(): never {
  throw new Error('nothing was recorded');
}

/** What is drawn, each with when it is to be seen. */
type Things = ReadonlyMap<string, readonly Span[]>;

/** Everything that was ever in one line, its grounds apart from what stands upon them. */
function thingsOf(shots: readonly Shot[], row: number, { from, to }: Span): { grounds: Things; signs: Things } {
  const grounds = new Map<string, Span[]>();
  const signs = new Map<string, Span[]>();
  for (const [index, { at, screen }] of shots.entries()) {
    const span = { from: Math.max(from, at), to: Math.min(to, shots[index + 1]?.at ?? to) };
    if (span.from >= span.to) continue;
    const line = drawLine(screen.lines[row] ?? [], lineTop(row));
    for (const thing of line.grounds) see(grounds, thing, span);
    for (const thing of line.signs) see(signs, thing, span);
  }
  return { grounds, signs };
}

function see(things: Map<string, Span[]>, thing: string, span: Span): void {
  const spans = things.get(thing);
  const last = spans?.at(-1);
  if (spans === undefined) things.set(thing, [span]);
  else if (last?.to === span.from) spans[spans.length - 1] = { ...last, to: span.to };
  else spans.push(span);
}

function keyframes(name: string, spans: readonly Span[], { from, to }: Span): string {
  const percent = (at: number) => `${Math.round((10_000 * (at - from)) / (to - from)) / 100}%`;
  const starts = spans[0]?.from === from ? [] : ['0%{visibility:hidden}'];
  const steps = spans.flatMap(span => [
    `${percent(span.from)}{visibility:visible}`,
    ...(span.to === to ? [] : [`${percent(span.to)}{visibility:hidden}`]),
  ]);
  return `.${name}{animation-name:${name}}@keyframes ${name}{${[...starts, ...steps].join('')}}`;
}
