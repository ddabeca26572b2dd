import { describeEngineProperties } from './engine-properties.js';

describeEngineProperties();
