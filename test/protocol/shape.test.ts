import * as v from 'valibot';
import { expect, test } from 'vitest';
import { CustomerCommand } from '../../protocol/commands.ts';
import { MessageText, recordBy } from '../../protocol/parts.ts';
import { PROTOCOL, PROTOCOL_OLDEST } from '../../protocol/version.ts';
import { shapeOf } from './shape.ts';
import { shapeOfProtocol, writtenShapes } from './write-shape.ts';

/**
 * Extensions wait days in store review and events stay for years: whoever speaks version N must
 * find version N as it was.
 */
const howTo = `What is said on the wire is no longer what protocol/shape.json holds for version ${PROTOCOL}.
Not meant? Then take the change in protocol/ back.
Meant, and version ${PROTOCOL} was released: raise PROTOCOL in protocol/version.ts, write its line of the history there, keep what version ${PROTOCOL} needs, then run
  node test/protocol/write-shape.ts
Meant, and version ${PROTOCOL} is still unreleased: the last command is enough.`;

test('the shape of the wire is the one that is written down for this version', () => {
  expect(shapeOfProtocol(), howTo).toEqual(writtenShapes()[PROTOCOL]);
});

test('every version that the server speaks has its shape written down', () => {
  const versions = Object.keys(writtenShapes()).map(Number);
  expect(versions).toEqual(expect.arrayContaining([PROTOCOL_OLDEST, PROTOCOL]));
  expect(PROTOCOL - PROTOCOL_OLDEST).toBeLessThanOrEqual(1);
});

const field = v.pipe(v.string(), v.maxLength(256));
const before = v.object({ type: v.literal('leave'), why: v.optional(field) });

test.each<[string, v.GenericSchema]>([
  ['a new field', v.object({ ...before.entries, at: v.number() })],
  ['a missing field', v.object({ type: v.literal('leave') })],
  ['a field that must be there', v.object({ ...before.entries, why: field })],
  ['null where nothing was', v.object({ ...before.entries, why: v.nullable(field) })],
  ['another word', v.object({ ...before.entries, type: v.literal('left') })],
  ['another type', v.object({ ...before.entries, why: v.optional(v.number()) })],
  [
    'another limit',
    v.object({ ...before.entries, why: v.optional(v.pipe(v.string(), v.maxLength(255))) }),
  ],
  ['no limit', v.object({ ...before.entries, why: v.optional(v.string()) })],
])('a change of the shape is noticed: %s', (_, after) => {
  expect(shapeOf(after)).not.toEqual(shapeOf(before));
});

test.each<[string, v.GenericSchema, v.GenericSchema]>([
  ['a choice more', v.picklist(['a']), v.picklist(['a', 'b'])],
  ['a member more', v.variant('type', [before]), CustomerCommand],
  ['a list’s length', v.array(field), v.pipe(v.array(field), v.maxLength(2))],
  ['what a list holds', v.array(field), v.array(v.number())],
  ['what a record holds', v.record(v.string(), field), v.record(v.string(), v.number())],
  [
    'what a record holds behind a check',
    recordBy(v.string(), field),
    recordBy(v.string(), v.number()),
  ],
  ['a pattern', v.pipe(v.string(), v.regex(/^a/)), v.pipe(v.string(), v.regex(/^b/))],
  ['a check', MessageText, v.pipe(v.string(), v.maxBytes(16_384))],
])('a change of the shape is noticed: %s', (_, one, other) => {
  expect(shapeOf(other)).not.toEqual(shapeOf(one));
});

test('the same shape made anew is no change, and an unknown kind of schema is not passed over', () => {
  expect(shapeOf(v.object({ ...before.entries }))).toEqual(shapeOf(before));
  expect(() => shapeOf(v.bigint())).toThrow('no shape is known');
});
