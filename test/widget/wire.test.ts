import { expect, test } from 'vitest';
import { type InteractionId, interactionOf, interactionStream } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import { closeCodes } from '../../protocol/refusals.ts';
import * as wire from '../../widget/chat/wire.ts';

test('the figures that the widget keeps are those of the protocol', () => {
  expect(limits).toMatchObject(wire.limits);
  expect(closeCodes).toMatchObject(wire.closeCodes);
});

test('the widget names streams as the protocol does', () => {
  const id = 'a-1' as InteractionId;
  expect(wire.interactionStream(id)).toBe(interactionStream(id));
  expect(wire.interactionOf(interactionStream(id))).toBe(interactionOf(interactionStream(id)));
});
