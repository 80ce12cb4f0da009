import { strictPolicy } from '../../../guard/policy.ts';
import { redact } from '../../../guard/redact.ts';
import type { Bench } from '../bench.ts';

/** What customers write, with and without something to be found. */
const MESSAGES = [
  'Hello, I have a problem with my order, could you please help me? It has not arrived yet.',
  'My order 1234567890 from 21.11.2026 has not arrived, the tracking code is 123456789012345.',
  'Please take 4111 1111 1111 1111 12/27 123 for it.',
  'Meine IBAN ist DE89 3704 0044 0532 0130 00, danke.',
  'Write to anna.meier@example.com or call +49 30 1234567.',
];

/** Ten thousand digits, each way that a reader of them could go astray. */
const HOSTILE = {
  'in one piece': '4'.repeat(10_000),
  'in fours that pass Luhn': '4242 '.repeat(2_500),
  'card after card': '4111 1111 1111 1111 '.repeat(625),
  'one by one': '4 '.repeat(10_000),
  'in twos': '20 '.repeat(5_000),
  'with zero-width characters': '4\u200b'.repeat(10_000),
  'full-width': '４'.repeat(10_000),
  'behind letters of a country': 'DE89 '.repeat(5_000),
};

/** CPU of the main thread; it is the room alone that is measured, with everything redacted. */
export async function measureGuard({ options, results, say }: Bench): Promise<void> {
  const times = options.quick ? 4_000 : 20_000;
  const message = Math.max(...MESSAGES.map((text) => cpuOf(text, times)));
  results.add('guard-message', 'c', message);
  let longest = 0;
  for (const [kind, text] of Object.entries(HOSTILE)) {
    const ms = cpuOf(text, 50) / 1000;
    say(`c: guard, 10,000 digits ${kind}: ${ms.toFixed(2)} ms`);
    longest = Math.max(longest, ms);
  }
  results.add('guard-hostile', 'c', longest);
}

/** Microseconds of one. */
function cpuOf(text: string, times: number): number {
  const run = (count: number) => {
    for (let n = 0; n < count; n++) redact(text, strictPolicy);
  };
  run(times);
  const before = process.cpuUsage();
  run(times);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
}
