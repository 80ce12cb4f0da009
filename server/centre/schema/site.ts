import { createPublicKey } from 'node:crypto';
import * as v from 'valibot';
import {
  id,
  ifGiven,
  language,
  list,
  needed,
  oneOf,
  origin,
  setting,
  someOf,
  truth,
  words,
} from '../expect.ts';
import { queueId } from './ids.ts';
import { SiteSensitiveData } from './sensitive-data.ts';

const keyMessage = 'an Ed25519 public key in PEM';
const colourMessage = 'a colour like "#4f46e5"';

export const Site = v.strictObject({
  id: needed(id, '`data-site` in the page'),
  name: needed(words(80), 'the chat’s title'),
  origins: needed(
    someOf(origin, 100, 'origin'),
    'pages of these may show the chat: `https://shop.example` each; `self` is the server’s own',
  ),
  accent: setting(
    v.pipe(v.string(colourMessage), v.toLowerCase(), v.regex(/^#[0-9a-f]{6}$/, colourMessage)),
    '#4f46e5',
    'a colour of six digits, in quotes',
  ),
  languages: setting(
    list(language, 20),
    [],
    'languages of the chat, the first for who speaks none of them; none: whatever it can',
  ),
  queues: ifGiven(list(queueId, 100), 'all', 'ids, in the order in which customers see them'),
  form: setting(
    list(
      v.strictObject({
        field: needed(oneOf(['name', 'email', 'phone', 'subject']), 'what is asked for'),
        required: setting(truth, false, 'it must be filled in'),
      }),
      4,
    ),
    [{ field: 'name' }, { field: 'email' }, { field: 'subject' }],
    'what is asked before the chat',
  ),
  pushPages: ifGiven(
    list(origin, 100),
    'its origins',
    'an agent may send the customer’s own tab to pages of these; others are only offered',
  ),
  identityKey: ifGiven(
    v.pipe(v.string(keyMessage), v.check(isEd25519, keyMessage)),
    'nobody is verified',
    'the public half of the key with which the site signs who its customers are',
  ),
  sensitiveData: setting(SiteSensitiveData, {}, 'what this site has otherwise than the centre'),
});

function isEd25519(pem: string): boolean {
  try {
    return createPublicKey(pem).asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
}
