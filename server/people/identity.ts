import { createPublicKey } from 'node:crypto';
import { decodeJwt, errors, jwtVerify } from 'jose';
import * as v from 'valibot';
import { Field } from '../../protocol/parts.ts';
import type { Centre } from '../centre/centre.ts';
import type { Clock } from '../clock.ts';

/** What a site vouches for; the words that stand in `started`. */
export type Identity = {
  /** `SITE/ID`: the same id of two sites may be two people. */
  readonly verifiedId: string;
  /** Which of the fields below are the site's word, with spaces between them. */
  readonly verified: string;
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
};

const ALGORITHM = 'EdDSA';
/** Two machines' clocks are hardly further apart. */
const CLOCK_SECONDS = 30;
/** A page that has been open for longer asks its server for another one. */
const AGE_SECONDS = 3_600;

const Claims = v.object({
  sub: v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
  name: v.optional(Field),
  email: v.optional(v.pipe(Field, v.email())),
  phone: v.optional(Field),
});

/**
 * Who a site says that its customer is (KNOW-1): a JWT signed with the site's key, whose audience
 * is the site's id in the centre's file. Null: it says nothing that can be believed.
 */
export function createIdentify(centre: Pick<Centre, 'site'>, clock: Pick<Clock, 'now'>) {
  return async (token: string): Promise<Identity | null> => {
    try {
      const site = centre.site(String(decodeJwt(token).aud));
      if (site?.identityKey == null) return null;
      const { payload } = await jwtVerify(token, createPublicKey(site.identityKey), {
        algorithms: [ALGORITHM],
        audience: site.id,
        requiredClaims: ['sub', 'exp', 'iat'],
        clockTolerance: CLOCK_SECONDS,
        maxTokenAge: AGE_SECONDS,
        currentDate: new Date(clock.now()),
      });
      const claims = v.safeParse(Claims, payload);
      if (!claims.success) return null;
      const { sub, ...given } = claims.output;
      const verified = Object.keys(given).sort().join(' ');
      return { verifiedId: `${site.id}/${sub}`, verified, ...given } as Identity;
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  };
}
