import { expect, test } from 'vitest';
import { eventually } from './eventually.ts';
import { take, takeBoth } from './screens.ts';
import { openStage } from './stage.ts';

test('OFFER-1, OFFER-6, OFFER-8, OFFER-9: of two ready agents one is rung; rejected, it rings at the other with its age, and nobody is RONA', async () => {
  const stage = await openStage();
  const agents = await Promise.all([stage.agent('maya'), stage.agent('elena')]);
  await Promise.all(agents.map(({ panel }) => panel.goReady()));
  const ana = await stage.customer();
  await ana.visit('/demo/checkout');
  await ana.openChat();
  await ana.start({ topic: 'Delivery', name: 'Ana Souza', message: 'Where is my order?' });

  const ringing = async () => {
    const bells = await Promise.all(agents.map(({ desk }) => desk.bell()));
    return bells.map(({ notifications }) => notifications).join();
  };
  await eventually(ringing).toMatch(/^(1,0|0,1)$/);
  const [first, second] = (await ringing()) === '1,0' ? agents : agents.toReversed();
  if (first === undefined || second === undefined) throw new Error('two agents are expected');

  // It waits a while; Esc asks, the second key rejects.
  await first.panel.offer.getByText('0:03').waitFor();
  await first.panel.offer.press('Escape');
  await first.panel.offer.getByRole('button', { name: 'Reject now?' }).waitFor();
  await eventually(() => first.panel.page.evaluate(() => document.activeElement?.textContent)).toBe(
    'Reject now?',
  );
  await take(first.panel.page, 'offer-reject-asking');
  await first.panel.page.keyboard.press('Enter');
  await first.panel.offer.waitFor({ state: 'detached' });
  await second.panel.offer.waitFor();
  expect(await first.panel.status()).toBe('Ready');
  // Each desk's clock ticks once a second: this one may be behind the other.
  expect(await second.panel.offer.innerText()).toMatch(/Waiting\s+0:(0[2-9]|[1-5]\d)/);
  await takeBoth(second.panel.page, 'offer-after-reject');
  await second.panel.accept();
  await eventually(ana.transcript).toContain('joined');
  await eventually(ringing).toBe('0,0');
  expect(await first.panel.offer.count()).toBe(0);
  expect(await first.panel.status()).toBe('Ready');
  expect((await ana.transcript()).match(/joined/g)).toHaveLength(1);
});
