import type { Frame, Page } from 'playwright-core';
import { until } from './until.ts';

/** What a customer sees and does in the demo shop, in English. */
export type Customer = ReturnType<typeof customerOn>;

export type StartForm = {
  /** A site with one queue doesn't ask. */
  readonly topic?: string;
  readonly name: string;
  readonly email?: string;
  readonly subject?: string;
  readonly message?: string;
};

export type SeenInChat = {
  /** As it stands above the message. */
  readonly who: string;
  readonly text: string;
  /** Sending …, Sent, Delivered or Read; it stands under the last one it is true for. */
  readonly mark: string | null;
};

/** `shop`: the origin of the pages that have the chat. */
export function customerOn(page: Page, shop: string) {
  const chat = (): Promise<Frame> =>
    until('the chat', () => page.frames().find((one) => isChat(one.url())) ?? null);
  const launcher = page.getByRole('button', { name: /^(Open|Hide) chat\b/ });
  const log = async () => (await chat()).getByRole('log');
  const composer = async () => (await chat()).getByRole('textbox', { name: 'Write a message' });

  /** Written text is the only thing in the log that has a direction of its own. */
  const messages = async (): Promise<readonly SeenInChat[]> =>
    (await log()).locator('p[dir]').evaluateAll((all) =>
      all.map((one) => {
        const below = one.nextElementSibling;
        return {
          who: one.parentElement?.querySelector('p')?.textContent?.split(' · ')[0] ?? '',
          text: one.textContent ?? '',
          mark: below === null || below.matches('[dir]') ? null : below.textContent,
        };
      }),
    );

  return {
    page,
    chat,
    messages,
    texts: async () => (await messages()).map(({ text }) => text),
    /** Under the customer's newest message. */
    mark: async () => (await messages()).findLast(({ who }) => who === 'You')?.mark ?? null,
    /** Everything in the transcript, lines between the messages too. */
    transcript: async () => (await log()).innerText(),

    visit: async (path: string) => void (await page.goto(shop + path)),
    /** Another tab of the same browser. */
    openTab: async () => customerOn(await page.context().newPage(), shop),
    /** `Open chat`, `Hide chat`, `Open chat, new messages: 2`. */
    launcher,
    pressLauncher: () => launcher.click(),
    async openChat(): Promise<void> {
      await launcher.click();
      await (await chat()).getByRole('button', { name: 'Start chat' }).waitFor();
    },
    async fillIn({ topic, name, email, subject, message = '' }: StartForm) {
      const frame = await chat();
      if (topic !== undefined) await frame.getByLabel('Topic').selectOption({ label: topic });
      await frame.getByLabel('Name').fill(name);
      if (email !== undefined) await frame.getByLabel('E-mail').fill(email);
      if (subject !== undefined) await frame.getByLabel('Subject').fill(subject);
      await frame.getByLabel('Your message').fill(message);
      return frame.getByRole('button', { name: 'Start chat' });
    },
    async start(form: StartForm): Promise<void> {
      await (await this.fillIn(form)).click();
      await (await composer()).waitFor();
    },
    async write(text: string): Promise<void> {
      const field = await composer();
      await field.fill(text);
      await field.press('Enter');
      await until('an empty composer', async () => (await field.inputValue()) === '');
    },
    composer,
  };
}

const isChat = (url: string): boolean => new URL(url, 'http://none').pathname === '/chat';
