import type { Row } from './rows.ts';

const [width, height] = [720, 420];
const box = { left: 60, right: 700, top: 50, bottom: 370 };
/** Both axes: requests relative to one every 5 seconds, and seconds of delay. */
const most = { x: 1.2, y: 12 };

const x = (share: number): string =>
  (box.left + (Math.min(share, most.x) / most.x) * (box.right - box.left)).toFixed(1);
const y = (delay: number): string =>
  (box.bottom - (Math.min(delay / 1000, most.y) / most.y) * (box.bottom - box.top)).toFixed(1);

const policies = [
  { name: 'auto', of: ({ auto }: Row) => auto, color: '#2f81f7' },
  { name: 'every 5 s', of: ({ fixed5 }: Row) => fixed5, color: '#d29922' },
  { name: 'every 15 s', of: ({ fixed15 }: Row) => fixed15, color: '#8b949e' },
  { name: 'bound', of: ({ bound, auto }: Row) => ({ requests: bound, delay: auto.delay }), color: '#3fb950' },
] as const;

/** Delay against requests, a dot for each policy and trace: filled where the server tells at once, else a ring. */
export function plotOf(rows: readonly Row[]): string {
  const text = (at: string, content: string) => `<text ${at}>${content}</text>`;
  const dots = policies.flatMap(({ of, color }) =>
    rows.map(row => {
      const { requests, delay } = of(row);
      const fill = row.server.period === null ? `fill="${color}"` : 'fill="none"';
      return `<circle cx="${x(requests / row.fixed5.requests)}" cy="${y(delay)}" r="4" ${fill} stroke="${color}"/>`;
    }),
  );
  const legend = policies.flatMap(({ name, color }, index) => [
    `<circle cx="${box.left + 10 + index * 130}" cy="24" r="4" fill="${color}"/>`,
    text(`x="${box.left + 20 + index * 130}" y="28"`, name),
  ]);
  const ticks = [
    ...[0, 0.2, 0.4, 0.6, 0.8, 1].map(share => text(`x="${x(share)}" y="388" text-anchor="middle"`, String(share))),
    ...[0, 2, 4, 6, 8, 10, 12].map(delay => text(`x="52" y="${y(delay * 1000)}" text-anchor="end"`, String(delay))),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" fill="#6e7681">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<path d="M${box.left} ${box.top}V${box.bottom}H${box.right}" fill="none" stroke="#8b949e"/>`,
    ...ticks,
    text('x="380" y="408" text-anchor="middle"', 'requests, relative to one every 5 s'),
    text('x="60" y="44"', 'mean delay in s · rings: the server updates its rows each 15 s'),
    ...legend,
    ...dots,
    '</svg>',
    '',
  ].join('\n');
}
