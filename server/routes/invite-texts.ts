import { passwordLength } from '../people/passwords.ts';

/** The one page of the server that agents see in a browser; it has to stand without the extension. */
export type InviteTexts = {
  readonly title: string;
  readonly hello: (name: string, centre: string) => string;
  readonly password: string;
  readonly again: string;
  readonly length: string;
  readonly save: string;
  readonly done: string;
  readonly next: (email: string, server: string) => string;
  readonly problems: Readonly<Record<InviteProblem, string>>;
};
export type InviteProblem = 'not-invited' | 'too-short' | 'too-long' | 'different';

const { min, max } = passwordLength;

export const inviteTexts: Readonly<Record<'en' | 'de', InviteTexts>> = {
  en: {
    title: 'Choose a password',
    hello: (name, centre) => `Hello ${name}. With this password you sign in to ${centre}.`,
    password: 'Password',
    again: 'The same once more',
    length: `At least ${min} characters. A short sentence is easy to remember.`,
    save: 'Save',
    done: 'Your password is set',
    next: (email, server) =>
      `Open Deskside in the side panel and sign in to ${server} as ${email}.`,
    problems: {
      'not-invited': 'This invitation has been used or is too old. Ask for a new one.',
      'too-short': `A password needs at least ${min} characters.`,
      'too-long': `A password has at most ${max} characters.`,
      different: 'The two passwords are not the same.',
    },
  },
  de: {
    title: 'Passwort wählen',
    hello: (name, centre) => `Hallo ${name}. Mit diesem Passwort melden Sie sich bei ${centre} an.`,
    password: 'Passwort',
    again: 'Dasselbe noch einmal',
    length: `Mindestens ${min} Zeichen. Ein kurzer Satz lässt sich gut merken.`,
    save: 'Speichern',
    done: 'Ihr Passwort ist gesetzt',
    next: (email, server) =>
      `Öffnen Sie Deskside in der Seitenleiste und melden Sie sich bei ${server} als ${email} an.`,
    problems: {
      'not-invited':
        'Diese Einladung wurde schon benutzt oder ist zu alt. Bitten Sie um eine neue.',
      'too-short': `Ein Passwort braucht mindestens ${min} Zeichen.`,
      'too-long': `Ein Passwort hat höchstens ${max} Zeichen.`,
      different: 'Die beiden Passwörter sind nicht gleich.',
    },
  },
};
