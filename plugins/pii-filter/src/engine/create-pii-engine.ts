import { engineOptionsOf } from '../settings/engine-options-of.js';
import { piiFilterSettings, type PiiFilterSettingsInput } from '../settings/settings.js';
import { PiiEngine } from './pii-engine.js';

/**
 * The filter's engine by itself: `createPiiEngine({ locales: ['us'] }).mask(text).text`. Takes the settings of the
 * plugin; those about hooks and fields have no effect here.
 * @throws ZodError for settings that are not valid
 */
export function createPiiEngine(settings: PiiFilterSettingsInput = {}): PiiEngine {
  return new PiiEngine(engineOptionsOf(piiFilterSettings.parse(settings)));
}
