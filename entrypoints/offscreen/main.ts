import { ring } from './ring.ts';

// This document is open exactly as long as something rings.
ring();
