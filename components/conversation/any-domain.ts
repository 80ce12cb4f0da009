import { createTokenClass, type MultiToken, registerPlugin, State } from 'linkifyjs';

/**
 * Linkify knows an e-mail address by a list of top-level domains, which is older than some of them
 * and lacks those that a company gives itself. With this any word may end an address; what ends in
 * an unlisted one becomes a token of this type.
 */
export const anyDomain = 'email-any';

registerPlugin(anyDomain, ({ scanner, parser }) => {
  const { WORD, AT, DOT, HYPHEN, TLD, groups } = scanner.tokens;
  const { domain = [], alpha = [], tld = [], utld = [] } = groups;
  const name = parser.start.go(WORD)?.go(AT)?.go(WORD);
  const dot = name?.go(DOT);
  const hyphen = name?.go(HYPHEN);
  if (!name || !dot || !hyphen || !dot.go(TLD)) throw new Error('This Linkify is another one.');
  // Its types say instance where the state takes the class.
  const end = new State<MultiToken>(createTokenClass(anyDomain, { isLink: true }) as never);
  // From here on as behind a listed one.
  end.ta(domain, name);
  end.tt(DOT, dot);
  end.tt(HYPHEN, hyphen);
  const isListed = new Set([...tld, ...utld]);
  for (const word of alpha) if (!isListed.has(word)) dot.tt(word, end);
});
