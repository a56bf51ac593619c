/** One line of a chart: its label, and its points. */
export interface Curve {
  readonly label: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface Chart {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly curves: readonly Curve[];
}

const WIDTH = 720;
const HEIGHT = 400;
const LEFT = 80;
const RIGHT = 190;
const TOP = 50;
const BOTTOM = 60;

/** Blue, orange, green, red, purple: distinct for users with color blindness; the dash distinguishes them without color. */
const STROKES = ['#0072b2', '#e69f00', '#009e73', '#d55e00', '#7a4fa3'];
const DASHES = ['', '8 4', '2 4', '12 4 2 4', '6 2'];

/** A chart with logarithmic axes as SVG text. */
export function svgOf({ title, x, y, curves }: Chart): string {
  const all = curves.flatMap(({ points }) => points);
  const [left, right] = decades(all.map(([at]) => at));
  const [low, high] = decades(all.map(([, value]) => value));
  const atX = (value: number) =>
    LEFT + ((Math.log10(value) - left) / (right - left || 1)) * (WIDTH - LEFT - RIGHT);
  const atY = (value: number) =>
    HEIGHT - BOTTOM - ((Math.log10(value) - low) / (high - low || 1)) * (HEIGHT - TOP - BOTTOM);
  const ticksX = range(left, right).map((power) => {
    const at = atX(10 ** power).toFixed(1);
    return `<line x1="${at}" y1="${TOP}" x2="${at}" y2="${HEIGHT - BOTTOM}" class="grid"/><text x="${at}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${label(10 ** power)}</text>`;
  });
  const ticksY = range(low, high).map((power) => {
    const at = atY(10 ** power).toFixed(1);
    return `<line x1="${LEFT}" y1="${at}" x2="${WIDTH - RIGHT}" y2="${at}" class="grid"/><text x="${LEFT - 8}" y="${Number(at) + 4}" text-anchor="end">${label(10 ** power)}</text>`;
  });
  const lines = curves.map(({ points }, index) => {
    const path = points.map(([px, py]) => `${atX(px).toFixed(1)},${atY(py).toFixed(1)}`).join(' ');
    return `<polyline points="${path}" fill="none" stroke="${STROKES[index % 5]}" stroke-width="2.5" stroke-dasharray="${DASHES[index % 5]}"/>`;
  });
  const legend = curves.map(({ label: text }, index) => {
    const at = TOP + 12 + index * 24;
    return `<line x1="${WIDTH - RIGHT + 14}" y1="${at}" x2="${WIDTH - RIGHT + 48}" y2="${at}" stroke="${STROKES[index % 5]}" stroke-width="2.5" stroke-dasharray="${DASHES[index % 5]}"/><text x="${WIDTH - RIGHT + 54}" y="${at + 4}">${text}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">
<style>text{font:13px system-ui,sans-serif;fill:#333}.grid{stroke:#ddd}rect{fill:#fff}</style>
<rect width="${WIDTH}" height="${HEIGHT}"/>
<text x="${LEFT}" y="26" style="font-size:16px;font-weight:600">${title}</text>
${[...ticksX, ...ticksY, ...lines, ...legend].join('\n')}
<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 16}" text-anchor="middle">${x}</text>
<text transform="translate(18 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" text-anchor="middle">${y}</text>
</svg>
`;
}

function decades(values: readonly number[]): [from: number, to: number] {
  return [
    Math.floor(Math.log10(Math.min(...values))),
    Math.ceil(Math.log10(Math.max(...values)) + Number.EPSILON),
  ];
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function label(value: number): string {
  if (value >= 1e6) return `${value / 1e6} M`;
  return value >= 1e3 ? `${value / 1e3} k` : String(Number(value.toPrecision(2)));
}
