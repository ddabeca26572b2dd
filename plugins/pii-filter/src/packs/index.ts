import type { DetectorPack } from '../detectors/detector.js';
import { globalPack } from './global.js';
import { usPack } from './us.js';

/** Packs by the name that the `locales` setting uses. */
export const localePacks: Readonly<Record<string, DetectorPack>> = { us: usPack };

export { globalPack };
