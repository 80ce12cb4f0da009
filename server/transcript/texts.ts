import type { Happening } from './transcript.ts';

/** What stands around the words of a conversation; the pages and mails stand without any program. */
export type TranscriptTexts = {
  readonly title: (centre: string) => string;
  readonly customer: string;
  readonly automatic: string;
  readonly note: (name: string) => string;
  readonly aside: (name: string) => string;
  readonly removed: string;
  readonly subject: string;
  readonly reference: string;
  readonly page: (page: string, pages: string) => string;
  /** All times are in this zone. */
  readonly zone: (name: string) => string;
  readonly left: (count: number) => string;
  readonly happened: Readonly<Record<Happening, (name: string) => string>>;
  readonly mail: {
    readonly subject: (centre: string) => string;
    readonly hello: (name: string | null) => string;
    readonly intro: (centre: string) => string;
    readonly attached: string;
    /** Why somebody got this who never asked for it. */
    readonly why: (centre: string) => string;
  };
};
export type TranscriptLanguage = 'en' | 'de';

/** For a customer who speaks `de-AT` German, for one who speaks French English. */
export const transcriptLanguage = (language: string): TranscriptLanguage =>
  /^de\b/i.test(language) ? 'de' : 'en';

export const transcriptTexts: Readonly<Record<TranscriptLanguage, TranscriptTexts>> = {
  en: {
    title: (centre) => `Conversation with ${centre}`,
    customer: 'Customer',
    automatic: 'Automatic message',
    note: (name) => `${name}, internal note`,
    aside: (name) => `${name}, aside`,
    removed: 'This was removed.',
    subject: 'Subject',
    reference: 'Reference',
    page: (page, pages) => `Page ${page} of ${pages}`,
    zone: (name) => `All times: ${name}`,
    left: (count) => {
      if (count === Number.POSITIVE_INFINITY) return 'More entries have no room here.';
      return count === 1
        ? 'One more entry has no room here.'
        : `${count} more entries have no room here.`;
    },
    happened: {
      'agent-joined': (name) => `${name} joined`,
      'agent-left': (name) => `${name} left`,
      connecting: () => 'You are being connected',
      'ended-by-agent': () => 'The conversation was ended',
      'customer-left': () => 'The customer left the conversation',
      done: () => 'Closed',
    },
    mail: {
      subject: (centre) => `Your conversation with ${centre}`,
      hello: (name) => (name === null ? 'Hello,' : `Hello ${name},`),
      intro: (centre) => `here is your conversation with ${centre}, as you asked or were promised.`,
      attached: 'The same is attached as a PDF.',
      why: (centre) =>
        `You get this because your address was given in a conversation with ${centre}. If that wasn’t you, delete this message; nobody will write again because of it.`,
    },
  },
  de: {
    title: (centre) => `Gespräch mit ${centre}`,
    customer: 'Kundin/Kunde',
    automatic: 'Automatische Nachricht',
    note: (name) => `${name}, interne Notiz`,
    aside: (name) => `${name}, unter vier Augen`,
    removed: 'Das wurde entfernt.',
    subject: 'Betreff',
    reference: 'Vorgang',
    page: (page, pages) => `Seite ${page} von ${pages}`,
    zone: (name) => `Alle Zeiten: ${name}`,
    left: (count) => {
      if (count === Number.POSITIVE_INFINITY) return 'Weitere Einträge haben hier keinen Platz.';
      return count === 1
        ? 'Ein weiterer Eintrag hat hier keinen Platz.'
        : `${count} weitere Einträge haben hier keinen Platz.`;
    },
    happened: {
      'agent-joined': (name) => `${name} ist dazugekommen`,
      'agent-left': (name) => `${name} ist gegangen`,
      connecting: () => 'Sie werden verbunden',
      'ended-by-agent': () => 'Das Gespräch wurde beendet',
      'customer-left': () => 'Die Kundin oder der Kunde hat das Gespräch verlassen',
      done: () => 'Abgeschlossen',
    },
    mail: {
      subject: (centre) => `Ihr Gespräch mit ${centre}`,
      hello: (name) => (name === null ? 'Guten Tag,' : `Guten Tag ${name},`),
      intro: (centre) =>
        `hier ist Ihr Gespräch mit ${centre}, wie von Ihnen gewünscht oder Ihnen zugesagt.`,
      attached: 'Dasselbe hängt als PDF an.',
      why: (centre) =>
        `Sie erhalten diese Nachricht, weil Ihre Adresse in einem Gespräch mit ${centre} angegeben wurde. Waren Sie das nicht, löschen Sie sie bitte; deswegen wird Ihnen niemand mehr schreiben.`,
    },
  },
};
