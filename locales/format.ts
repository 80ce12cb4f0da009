/** Figures and dates in a person's language. Pure: language and time come in as data. */

/** `m:ss`, from an hour on `h:mm:ss`; never negative. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** The time of day as people there write it: `10:42`, `10:42 AM`. */
export function clockTime(language: string, at: number): string {
  return dates(language, { hour: 'numeric', minute: '2-digit' }).format(at);
}

/** "Today", "Yesterday", then weekday, day and month, with the year when it is another one. */
export function dayName(language: string, at: number, now: number): string {
  const days = Math.round((midnight(at) - midnight(now)) / dayMs);
  if (days === 0 || days === -1) return capital(language, relative(language).format(days, 'day'));
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const year = sameYear ? {} : ({ year: 'numeric' } as const);
  return dates(language, { weekday: 'long', day: 'numeric', month: 'long', ...year }).format(at);
}

export function isSameDay(one: number, other: number): boolean {
  return midnight(one) === midnight(other);
}

/** "Billing 5, Portuguese 4" */
export function list(language: string, items: readonly string[]): string {
  return new Intl.ListFormat(language, { style: 'short', type: 'unit' }).format(items);
}

/** "2 messages and 1 change" */
export function together(language: string, items: readonly string[]): string {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(items);
}

/**
 * Words that a stranger wrote, made safe to stand inside a sentence: whatever direction they force
 * ends with them.
 */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}

const dayMs = 86_400_000;
const dateFormats = new Map<string, Intl.DateTimeFormat>();

/** Making one takes 50 µs, and a transcript asks a hundred times. */
function dates(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  const found = dateFormats.get(key) ?? new Intl.DateTimeFormat(language, options);
  dateFormats.set(key, found);
  return found;
}

function relative(language: string): Intl.RelativeTimeFormat {
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

function capital(language: string, text: string): string {
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
}
