import * as v from 'valibot';

const Buttons = v.pipe(v.string(), v.parseJson(), v.array(v.object({ title: v.string() })));

/** The titles of a bot's buttons, as its message's `buttons` holds them; none where it has none. */
export function buttonsOf(json: string | undefined): readonly string[] {
  const { success, output } = v.safeParse(Buttons, json);
  return success ? output.map(({ title }) => title) : [];
}
