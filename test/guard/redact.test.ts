import { describe, expect, test } from 'vitest';
import { compilePattern } from '../../guard/patterns.ts';
import { type Action, type Entity, type Policy, strictPolicy } from '../../guard/policy.ts';
import { redact } from '../../guard/redact.ts';

const visa = '4111 1111 1111 1111';
const withAction = (entity: Entity, action: Action): Policy => ({
  ...strictPolicy,
  entities: { ...strictPolicy.entities, [entity]: action },
});

describe('masking', () => {
  test.each([
    [visa, '**** **** **** 1111'],
    ['4111111111111111123', '************1111***'],
    [`${visa} 12/27 123`, '**** **** **** 1111 12/27 ***'],
    ['3782 822463 10005, CID 1234', '**** ****** *0005, CID ****'],
    ['CVV: 123', 'CVV: ***'],
    ['DE89 3704 0044 0532 0130 00', '**** **** **** **** **30 00'],
    ['IBANDE89370400440532013000', 'IBAN******************3000'],
    ['123-45-6789', '***-**-****'],
    ['My SSN is 123456789', 'My SSN is *********'],
    ['529.982.247-25 or 52998224725', '***.***.***-** or ***********'],
    ['54.550.752/0001-55', '**.***.***/****-**'],
    ['12.ABC.345/01DE-35', '**.***.***/****-**'],
    ['anna.meier+x@mail.example.co.uk!', '****.*****+*@****.*******.**.**!'],
    ['+49 30 1234567', '+** ** ***4567'],
    ['call 030 12345', 'call *** *****'],
    ['(11) 98765-4321', '(**) *****-4321'],
    ['555-223-4567', '***-***-4567'],
  ])('GUARD-1: %s is masked but for what may stay', (text, masked) => {
    expect(redact(text, strictPolicy).text).toBe(masked);
  });

  test('GUARD-1: offsets hold in the original and in what is left of it', () => {
    const text = `Grüße 👋 von ${visa} und DE89370400440532013000`;
    const redacted = redact(text, strictPolicy);
    expect(redacted.found.map(({ start, end }) => text.slice(start, end))).toEqual([
      visa,
      'DE89370400440532013000',
    ]);
    expect(redacted.text).toHaveLength(text.length);
    expect(redacted.text.startsWith('Grüße 👋 von ****')).toBe(true);
  });

  test('GUARD-2: what is masked once stays as it is', () => {
    const once = redact(`${visa} 123, a@b.example, +49 30 1234567, 123-45-6789`, strictPolicy);
    expect(redact(once.text, strictPolicy)).toEqual({ text: once.text, found: [], drop: false });
  });

  test('GUARD-4: an account is no card, though one in twelve reads like one', () => {
    const account = 'DE30 1000 3959 5568 8959 85';
    const { found } = redact(account, strictPolicy);
    expect(found.map(({ entity }) => entity)).toEqual(['IBAN']);
    expect(redact(account, withAction('IBAN', 'allow')).found).toEqual([]);
    expect(redact(account.slice(4), strictPolicy).found).toEqual([
      { entity: 'CREDIT_CARD', start: 6, end: 23 },
    ]);
  });

  test('GUARD-4: words, amounts and addresses of machines stay', () => {
    const text =
      'Am 21.11.2026 um 12:30 für 1.234.567,89 € an 192.168.100.200, ISBN 978-3-16-148410-0';
    expect(redact(text, strictPolicy).text).toBe(text);
  });
});

describe('what the policy says', () => {
  test('GUARD-1: what is allowed is neither masked nor told', () => {
    expect(redact(visa, withAction('CREDIT_CARD', 'allow'))).toEqual({
      text: visa,
      found: [],
      drop: false,
    });
  });

  test('GUARD-1: what is to be dropped says so, and is masked for whoever forgets', () => {
    expect(redact(visa, withAction('CREDIT_CARD', 'drop'))).toEqual({
      text: '**** **** **** 1111',
      found: [{ entity: 'CREDIT_CARD', start: 0, end: 19 }],
      drop: true,
    });
    expect(redact('a@b.example', withAction('CREDIT_CARD', 'drop')).drop).toBe(false);
  });
});

describe('a centre’s own patterns', () => {
  const badge = compilePattern({ name: 'BADGE', pattern: '(?i)badge [a-z]{3}', policy: 'drop' });
  const policy = { ...strictPolicy, patterns: [badge] };

  test('GUARD-1: they are found, in texts without digits too, and their whole is masked', () => {
    expect(redact(`My Badge XYZ and ${visa}`, policy)).toEqual({
      text: 'My ***** *** and **** **** **** 1111',
      found: [
        { entity: 'BADGE', start: 3, end: 12 },
        { entity: 'CREDIT_CARD', start: 17, end: 36 },
      ],
      drop: true,
    });
  });

  test('GUARD-1: where two overlap, nothing that either masks stays readable', () => {
    const last = compilePattern({ name: 'LAST', pattern: '1111$', policy: 'redact' });
    expect(redact(visa, { ...strictPolicy, patterns: [last] }).text).toBe('**** **** **** ****');
  });

  test('a pattern that would take exponential time elsewhere takes none here', () => {
    const hard = compilePattern({ name: 'HARD', pattern: '(a+)+$', policy: 'redact' });
    expect(redact(`${'a'.repeat(5000)}!`, { ...strictPolicy, patterns: [hard] }).found).toEqual([]);
  });

  test.each(['(', 'a*', '(?<=x)\\1'])('%s is no pattern', (pattern) => {
    expect(() => compilePattern({ name: 'X', pattern, policy: 'redact' })).toThrow(Error);
  });
});
