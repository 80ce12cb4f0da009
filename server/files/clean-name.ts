import { limits } from '../../protocol/limits.ts';

/**
 * A name that shows what the file is and does nothing: one line, no path, no invisible characters
 * (they turn `gpj.exe` around), and one ending, that of the type that was found in the file.
 *
 * @param endings Of that type, without the dot; none while nothing is known of it.
 */
export function cleanName(written: string, endings: readonly string[] = []): string {
  const visible = written
    .normalize('NFC')
    .replace(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, '')
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .replace(/[\\/:*?"<>|]+/g, '_')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  const [, stem = '', ending = ''] = /^(.*?)(?:\.([A-Za-z0-9]{1,8}))?$/su.exec(visible) ?? [];
  const kept = endings.length === 0 || endings.includes(ending.toLowerCase());
  const last = kept ? ending : (endings[0] ?? '');
  const whole = kept || ending === '' ? stem : `${stem}.${ending}`;
  return joined(whole.replace(INNER_ENDING, '_'), last === '' ? '' : `.${last}`);
}

/** A dot before a letter: what follows could pass for an ending. */
const INNER_ENDING = /\.(?=\p{L})/gu;
/** Names that Windows keeps for devices. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

function joined(stem: string, ending: string): string {
  const most = limits.fileNameCharacters - [...ending].length;
  const short = [...stem].slice(0, most).join('').trim();
  if (short === '') return `file${ending}`;
  return DEVICE.test(short) ? `_${short}${ending}` : `${short}${ending}`;
}
