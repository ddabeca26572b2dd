import type { DetectorPack } from '../detectors/detector.js';
import { caPack } from './ca.js';
import { dePack } from './de.js';
import { esPack } from './es.js';
import { frPack } from './fr.js';
import { itPack } from './it.js';
import { nlPack } from './nl.js';
import { ukPack } from './uk.js';
import { usPack } from './us.js';

export { globalPack } from './global.js';

/** Packs by the name that the `locales` setting uses. */
export const localePacks: Readonly<Record<string, DetectorPack>> = {
  us: usPack,
  ca: caPack,
  uk: ukPack,
  de: dePack,
  fr: frPack,
  es: esPack,
  it: itPack,
  nl: nlPack,
};
