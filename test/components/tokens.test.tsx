import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync(new URL('../../components/ui/tokens.css', import.meta.url), 'utf8');
const [light, darkBySystem, darkByChoice] = [
  blockAfter(':root {'),
  blockAfter(':root:not([data-theme="light"]) {'),
  blockAfter(':root[data-theme="dark"] {'),
];

test('dark is the same by the system and by choice', () => {
  expect(darkByChoice).toEqual(darkBySystem);
});

const words = ['text', 'muted', 'faint'];
const states = ['accent', 'ready', 'waiting', 'amber', 'red', 'purple', 'grey'];
const grounds = ['ground', 'surface', 'raised', 'soft', 'hover'];

/** Which colours stand on which grounds, and the contrast that WCAG 2.2 AA asks for. */
const pairs: [string, string, number][] = [
  ...grounds.flatMap((on) =>
    [...words, ...states].map((ink) => [ink, on, 4.5] as [string, string, number]),
  ),
  ...['bubble-in', 'bubble-out'].flatMap((on) =>
    ['text', 'muted', 'accent'].map((ink) => [ink, on, 4.5] as [string, string, number]),
  ),
  ...['notice', 'danger'].flatMap((on) =>
    ['text', 'muted', 'accent', 'red'].map((ink) => [ink, on, 4.5] as [string, string, number]),
  ),
  ['on-accent', 'accent', 4.5],
  ['on-accent', 'accent-hover', 4.5],
  ...['ground', 'surface', 'raised'].map((on) => ['field-line', on, 3] as [string, string, number]),
];

test.each([
  ['light', light],
  ['dark', { ...light, ...darkBySystem }],
] as const)('every pair of colours in use can be read: %s', (_, tokens) => {
  const weak = pairs
    .map(([ink, on, least]) => ({ ink, on, least, is: contrast(tokens[ink]!, tokens[on]!) }))
    .filter(({ is, least }) => is < least);
  expect(weak).toEqual([]);
});

test('a pair that can’t be read is caught', () => {
  expect(contrast('#ffffff', '#000000')).toBeCloseTo(21);
  expect(contrast('#8c8c99', '#ffffff')).toBeLessThan(4.5);
});

function blockAfter(start: string): Record<string, string> {
  const from = css.indexOf(start) + start.length;
  const block = css.slice(from, css.indexOf('}', from));
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value]),
  );
}

/** WCAG 2.2, "contrast ratio", of two colours as #rrggbb. */
function contrast(one: string, other: string): number {
  const [dark = 0, bright = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
