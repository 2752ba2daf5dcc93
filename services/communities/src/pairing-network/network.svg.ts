import type { Network } from "./network.rules";

const GAP = 24;
const LABEL = 150;
const TITLE = 48;
const MOST_ACROSS = 1600;

/** Text as it may stand in XML: markup escaped, characters that XML 1.0 does not allow left out. */
export const escapeXml = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML does not allow
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, "")
    .replace(/&/gu, "&amp;")
    .replace(/</gu, "&lt;")
    .replace(/>/gu, "&gt;")
    .replace(/"/gu, "&quot;")
    .replace(/'/gu, "&apos;");

const round = (value: number): number => Math.round(value * 10) / 10;

interface Circle {
  places: readonly string[];
  radius: number;
}

/** Each component is a circle, wide enough that neighbours' labels do not touch; circles stand in rows. */
function layout(components: readonly (readonly string[])[]): {
  at: Map<string, [x: number, y: number, angle: number]>;
  width: number;
  height: number;
} {
  const circles: Circle[] = components.map((places) => ({ places, radius: Math.max(30, (places.length * GAP) / (2 * Math.PI)) }));
  const at = new Map<string, [number, number, number]>();
  let [x, y, row, width] = [0, TITLE, 0, 320];
  for (const { places, radius } of circles) {
    const size = 2 * (radius + LABEL);
    if (x > 0 && x + size > MOST_ACROSS) [x, y, row] = [0, y + row, 0];
    places.forEach((place, index) => {
      const angle = (2 * Math.PI * index) / places.length;
      const [cx, cy] = [x + size / 2, y + size / 2];
      at.set(place, [round(cx + radius * Math.cos(angle)), round(cy + radius * Math.sin(angle)), angle]);
    });
    x += size;
    [row, width] = [Math.max(row, size), Math.max(width, x)];
  }
  return { at, width: Math.ceil(width), height: Math.ceil(y + row + GAP) };
}

/**
 * A network as SVG 1.1: the same network is the same text. Names stand as they are given; a title and a description tell what it shows to
 * whoever does not see it. Organisations are squares, communities circles, so that nothing is told by colour alone.
 * @param nameOf what a place is called
 */
export function networkSvg(network: Network, title: string, nameOf: (place: string) => string): string {
  const { at, width, height } = layout(network.components);
  const description = `${network.nodes.length} 方，${network.edges.length} 对，${network.components.length} 组。圆点是社区，方块是组织。`;
  const lines = network.edges.map(({ from, to, pairings }) => {
    const [[x1, y1], [x2, y2]] = [at.get(from)!, at.get(to)!];
    const names = `${escapeXml(nameOf(from))} — ${escapeXml(nameOf(to))}`;
    return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke-width="${Math.min(5, pairings)}"><title>${names}</title></line>`;
  });
  const marks = network.nodes.map(({ place, degree }) => {
    const [x, y, angle] = at.get(place)!;
    const size = round(4 + Math.min(8, Math.sqrt(degree)));
    const shape = place.startsWith("organisation:")
      ? `<rect x="${round(x - size)}" y="${round(y - size)}" width="${2 * size}" height="${2 * size}" fill="#b45309"/>`
      : `<circle cx="${x}" cy="${y}" r="${size}" fill="#1d4ed8"/>`;
    const left = Math.cos(angle) < -0.001;
    const turn = round((angle * 180) / Math.PI + (left ? 180 : 0));
    const offset = left ? -size - 4 : size + 4;
    const label = `<text x="${round(x + offset)}" y="${round(y + 4)}" text-anchor="${left ? "end" : "start"}" transform="rotate(${turn} ${x} ${y})">${escapeXml(nameOf(place))}</text>`;
    return `<g><title>${escapeXml(nameOf(place))}：${degree}</title>${shape}${label}</g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${escapeXml(title)}</title>`,
    `<desc id="desc">${description}</desc>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="16" y="30" font-family="sans-serif" font-size="18" fill="#111827">${escapeXml(title)}</text>`,
    `<g stroke="#9ca3af">${lines.join("")}</g>`,
    `<g font-family="sans-serif" font-size="12" fill="#111827">${marks.join("")}</g>`,
    "</svg>",
  ].join("\n");
}
