import { closeCodes } from '../../protocol/refusals.ts';

/**
 * What a closed connection means.
 *
 * - `resume`: weather; connect again with the cursors
 * - `resume-slowly`: the server has too much to do
 * - `fresh-token`: refresh, then connect; refused again, the sign-in is over
 * - `open-elsewhere`: wait until the agent takes back (STATE-11)
 * - `update-needed`: one of the two programs is too old; look again now and then
 * - `signed-out`: the server has ended the session
 */
export type AfterClose =
  | 'resume'
  | 'resume-slowly'
  | 'fresh-token'
  | 'open-elsewhere'
  | 'update-needed'
  | 'signed-out';

const meanings: Readonly<Record<keyof typeof closeCodes, AfterClose>> = {
  'going-away': 'resume',
  'bad-frame': 'resume-slowly',
  'not-signed-in': 'fresh-token',
  'protocol-too-old': 'update-needed',
  'protocol-too-new': 'update-needed',
  'hello-expected': 'resume-slowly',
  'wrong-origin': 'update-needed',
  'frame-too-large': 'resume-slowly',
  'too-many': 'resume-slowly',
  'open-elsewhere': 'open-elsewhere',
  'try-later': 'resume-slowly',
  'too-slow': 'resume',
  'signed-out': 'signed-out',
};

const names = Object.keys(closeCodes) as (keyof typeof closeCodes)[];
const byCode = new Map<number, AfterClose>(names.map((name) => [closeCodes[name], meanings[name]]));

/** Unknown codes, 1006 among them, are weather. */
export const afterClose = (code: number): AfterClose => byCode.get(code) ?? 'resume';
