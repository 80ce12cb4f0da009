import type { Centre } from '../centre/centre.ts';
import { CentreError } from '../centre/centre-error.ts';
import { demoCentre, loadCentre } from '../centre/load-centre.ts';
import { type Settings, StartError } from '../settings.ts';

/** The centre's file, or the demo's. @throws StartError */
export async function readCentre({ centre }: Pick<Settings, 'centre'>): Promise<Centre> {
  try {
    return await loadCentre(centre ?? demoCentre);
  } catch (error) {
    throw error instanceof CentreError ? new StartError(error.message, 'setting') : error;
  }
}
