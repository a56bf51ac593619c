import type { WebNodeKind, WebVerdict } from './protocol';

/** The symbol for a kind of node: a shape of 36 by 36 around its center, and an icon of strokes inside. */
interface NodeSymbol {
  readonly name: string;
  readonly shape: string;
  readonly icon: string;
}

const CIRCLE = 'M18 0A18 18 0 1 1-18 0A18 18 0 1 1 18 0Z';
const SQUARE = 'M-11-16H11A5 5 0 0 1 16-11V11A5 5 0 0 1 11 16H-11A5 5 0 0 1-16 11V-11A5 5 0 0 1-11-16Z';
const HEXAGON = 'M0-19L16.5-9.5V9.5L0 19L-16.5 9.5V-9.5Z';
const PENTAGON = 'M0-19L18-5L11.5 16H-11.5L-18-5Z';
const DIAMOND = 'M0-20L20 0L0 20L-20 0Z';
const OCTAGON = 'M-7-17H7L17-7V7L7 17H-7L-17 7V-7Z';
const SHEET = 'M-14-18H7L14-11V18H-14Z';
const SHIELD = 'M0-19L16-13V0C16 10 9 16 0 20C-9 16-16 10-16 0V-13Z';
const TRIANGLE = 'M0-20L20 15H-20Z';
const SLANTED = 'M-12-14H20L12 14H-20Z';

export const SYMBOLS: Readonly<Record<WebNodeKind, NodeSymbol>> = {
  domain: {
    name: 'Domain',
    shape: CIRCLE,
    icon: 'M-9 0A9 9 0 1 0 9 0A9 9 0 1 0-9 0M-9 0H9M0-9C-5-4-5 4 0 9C5 4 5-4 0-9',
  },
  address: { name: 'IP address', shape: SQUARE, icon: 'M-9-8H9V-1H-9ZM-9 2H9V9H-9ZM-6-4.5H-4M-6 5.5H-4' },
  certificate: { name: 'Certificate', shape: HEXAGON, icon: 'M-6-1H6V8H-6ZM-4-1V-4A4 4 0 0 1 4-4V-1M0 2V5' },
  registrant: {
    name: 'Registrant',
    shape: PENTAGON,
    icon: 'M-4-5A4 4 0 1 0 4-5A4 4 0 1 0-4-5M-8 9C-8 3-4 1 0 1C4 1 8 3 8 9',
  },
  tracker: {
    name: 'Tracker',
    shape: DIAMOND,
    icon: 'M-6 0A6 6 0 1 0 6 0A6 6 0 1 0-6 0M-9 0H-3M3 0H9M0-9V-3M0 3V9',
  },
  cookie: {
    name: 'Cookie',
    shape: DIAMOND,
    icon: 'M-6 0A6 6 0 1 0 6 0A6 6 0 1 0-6 0M-2-2V-1M2 0V1M-1 3V3.5',
  },
  component: { name: 'Component', shape: OCTAGON, icon: 'M-7-7H7V7H-7ZM-2-7V-10M2-7V-10M-2 7V10M2 7V10' },
  article: { name: 'Article', shape: SHEET, icon: 'M-8-6H4M-8 0H8M-8 5H8M-8 10H3' },
  profile: {
    name: 'Profile',
    shape: SHIELD,
    icon: 'M-4-4A4 4 0 1 0 4-4A4 4 0 1 0-4-4M-7 8C-7 3-4 2 0 2C4 2 7 3 7 8',
  },
  vulnerability: { name: 'CVE', shape: TRIANGLE, icon: 'M0-8V4M0 8V9.5' },
  hash: { name: 'File hash', shape: OCTAGON, icon: 'M-3-8L-5 8M5-8L3 8M-8-3H8M-8 3H8' },
  url: {
    name: 'URL',
    shape: SLANTED,
    icon: 'M-2 2L2-2M-4-1L-7 2A3.5 3.5 0 0 0-2 7L1 4M4 1L7-2A3.5 3.5 0 0 0 2-7L-1-4',
  },
  artifact: { name: 'Indicator', shape: OCTAGON, icon: 'M-6 0A6 6 0 1 0 6 0A6 6 0 1 0-6 0' },
  group: { name: 'Group', shape: CIRCLE, icon: 'M-7-1V1M0-1V1M7-1V1' },
};

/** The sign of a verdict, in addition to its color. */
export const SIGNS: Readonly<Record<WebVerdict, { readonly sign: string; readonly name: string }>> = {
  malicious: { sign: '✕', name: 'malicious' },
  suspicious: { sign: '!', name: 'suspicious' },
  neutral: { sign: '–', name: 'neutral' },
  unknown: { sign: '?', name: 'unknown' },
};

/** Words for a relation. */
export function relationName(relation: string): string {
  return relation.replaceAll('-', ' ');
}
