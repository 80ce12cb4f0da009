import * as v from 'valibot';
import { id, needed, words } from '../expect.ts';

/** What people choose by its label and records keep by its id. */
export const labelled = {
  id: needed(id, 'what stored conversations refer to'),
  label: needed(words(80), 'what people read'),
};

export const Labelled = v.strictObject(labelled);
