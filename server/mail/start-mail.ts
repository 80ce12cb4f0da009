import { interactionStream } from '../../protocol/ids.ts';
import type { Centre } from '../centre/centre.ts';
import type { Store } from '../store/contract.ts';
import type { Printer } from '../transcript/printer.ts';
import { readTranscript } from '../transcript/read-transcript.ts';
import { transcriptLanguage } from '../transcript/texts.ts';
import { createEmlFolder } from './eml-folder.ts';
import { createOutgoing, type Outgoing, type OutgoingDeps } from './outgoing.ts';
import { createSmtp } from './smtp.ts';
import type { SmtpSettings } from './smtp-url.ts';

export type MailDeps = Omit<
  OutgoingDeps,
  'store' | 'transport' | 'letter' | 'sender' | 'host' | 'chance'
> & {
  readonly store: Pick<Store, 'mails' | 'read' | 'fact' | 'setFact'>;
  readonly centre: Pick<Centre, 'name' | 'timeZone'>;
  readonly printer: Pick<Printer, 'letter'>;
  /** Null: mails are files in `folder`. */
  readonly smtp: SmtpSettings | null;
  readonly from: string;
  readonly folder: string;
};

/** Begins to send what waits. @throws StoreUnavailable */
export async function startMail(deps: MailDeps): Promise<Outgoing> {
  const { store, centre, printer, smtp, from, folder } = deps;
  return createOutgoing({
    ...deps,
    transport: smtp === null ? createEmlFolder(folder, from) : createSmtp(smtp, from),
    host: await hostOf(store, from),
    sender: () => centre.name,
    chance: Math.random,
    async letter(interaction, upTo) {
      const transcript = await readTranscript(store, interaction, { kind: 'customer' }, upTo);
      if (transcript === null) return null;
      const [started] = await store.read(interactionStream(interaction), 0, 1, 1);
      const queue = started?.body.type === 'started' ? started.body.queue : null;
      return printer.letter(transcript, {
        centre: centre.name,
        language: transcriptLanguage(transcript.language),
        timeZone: queue === null ? null : centre.timeZone(queue),
      });
    },
  });
}

/** The sender's domain as it was when the first mail could go out. */
async function hostOf(store: Pick<Store, 'fact' | 'setFact'>, from: string): Promise<string> {
  const known = await store.fact('mail-host');
  if (known !== null) return known;
  const host = from.slice(from.lastIndexOf('@') + 1);
  await store.setFact('mail-host', host);
  return host;
}
