import { rmSync, writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { type Customer, customerOn } from '../e2e/customer.ts';
import { deskBrowser } from '../e2e/desk-browser.ts';
import { eventually } from '../e2e/eventually.ts';
import { launchForCustomers } from '../e2e/launch.ts';
import { type Panel, panelOn } from '../e2e/panel.ts';
import { PANEL_QUEUE, panelAgent } from './bench-centre.ts';
import { createDesksideSubject, type DesksideSubject } from './deskside-subject.ts';
import type { PanelFigures } from './figures.ts';
import { makeFolder } from './folder.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { TEXT_BYTES } from './message-text.ts';
import { openLoop } from './open-loop.ts';
import { fillDesk, NEWEST, timeClick } from './panel/desk-pages.ts';
import { servePage } from './panel/serve-page.ts';
import { arrivedAt, sentAt, type Watching, watchLog } from './panel/watch-log.ts';
import { createSamples } from './samples.ts';

const quick = process.env.BENCH_QUICK === '1';
const CLICKS = quick ? 5 : NEWEST;
const ROUNDS = quick ? 1 : 3;
const SENDS = quick ? 20 : 60;
const SLOWER = 4;
const FLOW = { rate: 200, seconds: 3, pairs: 60 };
const PASSWORD = 'nobody-but-this-run';

test('the figures of the real side panel', async () => {
  const site = await servePage();
  onTestFinished(site.close);
  const ledger = createLedger();
  const subject = await serverFor(site.origin, ledger);
  site.show(subject.url());
  const panel = await panelWithPast(subject);
  const clicks = await clickThrough(panel.page);

  await panel.goReady();
  const customer = await customerFrom(site.origin);
  await panel.accept();
  await subject.open(FLOW.pairs);
  await subject.talk();
  const rounds = await whileFlowing(subject, ledger, () => talkAcross(panel, customer));

  const figures: PanelFigures = {
    'panel-click': clicks,
    'panel-dom-p50': rounds.map((round) => round.percentile(50)),
    'panel-dom-p99': rounds.map((round) => round.percentile(99)),
  };
  expect(Object.values(figures).flat().every(Number.isFinite)).toBe(true);
  writeFileSync(process.env.BENCH_FIGURES ?? '/dev/stdout', JSON.stringify(figures));
});

async function serverFor(page: string, ledger: Ledger): Promise<DesksideSubject> {
  const subject = createDesksideSubject({
    ledger,
    folder: makeFolder(),
    nodeOptions: [],
    agents: Math.ceil(FLOW.pairs / 12),
    messages: 0,
    pages: [page],
    panelPassword: PASSWORD,
  });
  onTestFinished(subject.stop);
  await subject.start();
  return subject;
}

/** Signed in, with much on the desk's disk, and opened anew. */
async function panelWithPast(subject: DesksideSubject): Promise<Panel> {
  const profile = makeFolder();
  const desk = await deskBrowser(profile);
  onTestFinished(async () => {
    await desk.close();
    rmSync(profile, { recursive: true, force: true });
  });
  const first = panelOn(await desk.openPanel());
  await first.signIn(subject.url(), panelAgent.email, PASSWORD);
  await first.page.evaluate(fillDesk, panelAgent.id);
  await desk.closePanel(first.page);
  return panelOn(await desk.openPanel());
}

async function customerFrom(page: string): Promise<Customer> {
  const browser = await launchForCustomers();
  onTestFinished(() => browser.close());
  const customer = customerOn(await browser.newPage(), page);
  await customer.visit('/');
  await customer.openChat();
  await customer.start({ topic: PANEL_QUEUE, name: 'Ana Souza' });
  return customer;
}

/** Opens the interactions done last, one after the other, on a CPU that is four times slower. */
async function clickThrough(panel: Page): Promise<readonly number[]> {
  const cdp = await panel.context().newCDPSession(panel);
  const home = panel.getByRole('tab', { name: 'Home' });
  const done = panel.locator('#page ul > li > button');
  await eventually(() => done.count()).toBe(NEWEST);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const times: number[] = [];
  for (let n = 0; n < CLICKS; n++) {
    const timed = panel.evaluate(timeClick);
    await done.nth(n).click();
    times.push(await timed);
    await home.click();
    await eventually(() => done.count()).toBe(NEWEST);
  }
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  return times;
}

/** Does something while other conversations go on all the time. */
async function whileFlowing<T>(
  subject: DesksideSubject,
  ledger: Ledger,
  what: () => Promise<T>,
): Promise<T> {
  let over = false;
  const flow = async () => {
    while (!over) await openLoop(subject, ledger, FLOW);
  };
  const flowing = flow();
  try {
    return await what();
  } finally {
    over = true;
    await flowing;
  }
}

/** Agent and customer by turns: from Enter until the text stands in the other side's log. */
async function talkAcross(panel: Panel, customer: Customer) {
  const chat = await customer.chat();
  for (const side of [panel.page, chat]) await side.evaluate(watchLog);
  const across = async (id: number): Promise<number> => {
    const byAgent = id % 2 === 0;
    const [from, to]: [Watching, Watching] = byAgent ? [panel.page, chat] : [chat, panel.page];
    const text = `bench-${id} ${'and so on '.repeat(12)}`.slice(0, TEXT_BYTES).trim();
    await (byAgent ? panel : customer).write(text);
    await eventually(() => to.evaluate(arrivedAt, id)).not.toBeNull();
    return Number(await to.evaluate(arrivedAt, id)) - Number(await from.evaluate(sentAt, id));
  };
  const rounds = Array.from({ length: ROUNDS }, createSamples);
  for (const [round, samples] of rounds.entries())
    for (let n = 0; n < SENDS; n++) samples.add(await across(round * SENDS + n));
  return rounds;
}
