import { expect, test } from 'vitest';
import type { AgentId, InteractionId } from '../../../protocol/ids.ts';
import { by, bySystem } from '../given.ts';
import { Spine, type SpineSettings } from '../spine.ts';
import { on } from '../stories.ts';

/** What happens among colleagues by itself: the real router, the real clock's hands. */

/** Bo talks with ana, cy is signed in and not ready. */
async function talking(settings: SpineSettings = {}) {
  const world = await new Spine(settings).route();
  await world.ready('bo');
  const id = (await world.comes('ana')) as InteractionId;
  await world.answer('accept', 'bo', id);
  await world.connect('cy');
  return { world, id };
}

async function conference(settings: SpineSettings = {}) {
  const { world, id } = await talking(settings);
  await asks(world, id, 'join');
  const [request] = (await world.interaction(id))!.requests;
  await world.ask(by('cy'), {
    type: 'accept-request',
    interaction: id,
    request: request!.request,
  });
  expect((await world.interaction(id))!.members.map((one) => one.agent)).toEqual(['cy']);
  return { world, id };
}

const asks = (world: Spine, interaction: InteractionId, kind: 'join' | 'consult') =>
  world.ask(by('bo'), { type: 'request', interaction, kind, to: 'cy' as AgentId, note: '' });

test('HAND-2: a request that nobody answers is over after 45 s, on the second, and no RONA', async () => {
  const { world, id } = await talking();
  const to = { kind: 'agent', agent: 'cy' as AgentId } as const;
  const rest = { note: '', draft: '', dispositions: [] };
  await world.ask(by('bo'), { type: 'transfer', interaction: id, to, ...rest });
  await world.advance(44_999);
  expect((await world.interaction(id))!.requests).toHaveLength(1);
  await world.advance(1);
  expect((await world.interaction(id))!.requests).toEqual([]);
  expect(await world.status(id)).toBe('active with bo');
  expect((await world.agent('cy')).channels.chat.status).toBe('not-ready');
  expect((await world.agent('cy')).requests).toEqual({});
});

test('HAND-7: a guest’s own wrap-up ends by itself, also after the interaction is done', async () => {
  const { world, id } = await conference();
  await world.ask(by('bo'), on('end', id));
  expect((await world.agent('cy')).ownWrapUps).toHaveProperty(id);
  await world.ask(by('bo'), {
    ...{ type: 'mark-done', interaction: id, dispositions: ['answered'], note: '' },
    ...{ resolved: null, answers: {}, tags: null, data: {} },
    ...{ sendTranscript: false, workflow: null },
  });
  expect(await world.status(id)).toBe('done');
  await world.advance(30_000);
  expect((await world.agent('cy')).ownWrapUps).toEqual({});
});

test('HAND-7: an own wrap-up runs on through our absence', async () => {
  const { world, id } = await conference();
  await world.ask(by('cy'), { type: 'leave', interaction: id });
  world.restart();
  await world.advance(40_000);
  await world.route();
  await world.advance(1);
  expect((await world.agent('cy')).ownWrapUps).toEqual({});
});

test('HAND-8: the owner is lost for 120 s: the guest answers for it, and it never waits', async () => {
  const { world, id } = await conference();
  await world.silence('bo');
  await world.advance(119_999);
  expect(await world.status(id)).toBe('active with bo');
  await world.advance(1);
  expect(await world.status(id)).toBe('active with cy');
  expect((await world.interaction(id))!.members).toEqual([]);
});

test('HAND-8: a guest who is lost for 120 s is out, one who is back in time is not', async () => {
  const { world, id } = await conference();
  await world.silence('cy');
  await world.advance(100_000);
  await world.connect('cy');
  await world.advance(100_000);
  expect((await world.interaction(id))!.members).toHaveLength(1);
  await world.ask(bySystem, { type: 'agent-silent', agent: 'cy' as AgentId });
  await world.advance(120_000);
  expect((await world.interaction(id))!.members).toEqual([]);
  expect(await world.status(id)).toBe('active with bo');
});
