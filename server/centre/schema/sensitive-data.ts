import { group, ifGiven, oneOf, setting } from '../expect.ts';

const policy = oneOf(['redact', 'drop', 'allow']);

const entities = {
  'payment-card': 'card numbers',
  iban: 'bank accounts',
  'national-id': 'numbers of identity cards and of taxpayers',
  email: 'e-mail addresses',
  phone: 'phone numbers',
} as const;

const usual = {
  'payment-card': 'redact',
  iban: 'redact',
  'national-id': 'redact',
  email: 'allow',
  phone: 'allow',
} as const;

/** GUARD-1: masked, dropped with its message, or left as it is. */
export const SensitiveData = group({
  'payment-card': setting(policy, usual['payment-card'], entities['payment-card']),
  iban: setting(policy, usual.iban, entities.iban),
  'national-id': setting(policy, usual['national-id'], entities['national-id']),
  email: setting(policy, usual.email, entities.email),
  phone: setting(policy, usual.phone, entities.phone),
});

const centres = 'the centre’s';

/** What a site has otherwise. */
export const SiteSensitiveData = group({
  'payment-card': ifGiven(policy, centres, entities['payment-card']),
  iban: ifGiven(policy, centres, entities.iban),
  'national-id': ifGiven(policy, centres, entities['national-id']),
  email: ifGiven(policy, centres, entities.email),
  phone: ifGiven(policy, centres, entities.phone),
});
