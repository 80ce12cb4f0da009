import type { Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { demoCentre, loadCentre } from '../../server/centre/load-centre.ts';
import { DEMO_PASSWORD } from '../../server/people/accounts.ts';
import { type Customer, customerOn } from './customer.ts';
import { type DeskBrowser, deskBrowser } from './desk-browser.ts';
import { launchForCustomers } from './launch.ts';
import { type Panel, panelOn } from './panel.ts';
import { type RealServer, realServer } from './real-server.ts';
import { take } from './screens.ts';
import { PATIENCE_MS } from './until.ts';

/** A server, agents and customers, each in a real browser; all gone when the test is over. */
export type Stage = {
  readonly server: RealServer;
  /** A browser with the extension; `profile` of one that was killed. */
  readonly desk: (profile?: string) => Promise<DeskBrowser>;
  /** An agent of the demo, signed in on a browser of their own. */
  readonly agent: (name: AgentName) => Promise<Agent>;
  readonly signIn: (panel: Panel, name: AgentName) => Promise<void>;
  readonly openPanel: (desk: DeskBrowser, beside?: Page) => Promise<Panel>;
  readonly customer: (options?: CustomerOptions) => Promise<Customer>;
};

export type Agent = { readonly desk: DeskBrowser; readonly panel: Panel };
export type AgentName = 'maya' | 'jonas' | 'priya' | 'tom' | 'elena';
export type CustomerOptions = {
  readonly width?: number;
  readonly height?: number;
  /** The shop's origin; left out, it is the demo's. */
  readonly shop?: string;
};

export async function openStage(env: Readonly<Record<string, string>> = {}): Promise<Stage> {
  const closing: (() => Promise<unknown>)[] = [];
  const pages: Page[] = [];
  const customers = launchForCustomers();

  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail')
      await Promise.allSettled(pages.map((page, n) => take(page, `failed-${n}`)));
    await Promise.allSettled(closing.map((close) => close()));
  });
  closing.push(async () => (await customers).close());
  const server = await realServer(env);
  closing.push(server.remove);

  async function desk(profile?: string): Promise<DeskBrowser> {
    const browser = await deskBrowser(profile);
    closing.push(browser.close);
    return browser;
  }

  async function openPanel(browser: DeskBrowser, beside?: Page): Promise<Panel> {
    const page = await browser.openPanel(beside);
    page.setDefaultTimeout(PATIENCE_MS);
    pages.push(page);
    return panelOn(page);
  }

  async function customer({ width = 1100, height = 800, shop }: CustomerOptions = {}) {
    const context = await (await customers).newContext({ viewport: { width, height } });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    pages.push(page);
    return customerOn(page, shop ?? server.url);
  }

  async function agent(name: AgentName): Promise<Agent> {
    const browser = await desk();
    const panel = await openPanel(browser);
    await signIn(panel, name);
    return { desk: browser, panel };
  }

  const signIn = async (panel: Panel, name: AgentName): Promise<void> =>
    panel.signIn(server.url, (await agentOf(name)).email, DEMO_PASSWORD);

  return { server, desk, agent, signIn, openPanel, customer };
}

async function agentOf(name: AgentName) {
  const agent = (await loadCentre(demoCentre)).agent(name);
  if (agent === null) throw new Error(`the demo has no ${name}`);
  return agent;
}
