import { StoreUnavailable } from '../store/contract.ts';

/** Is this the store being away for a while (and not a bug)? For doors, which don't know the store. */
export const isWeather = (error: unknown): boolean => error instanceof StoreUnavailable;
