import type { DecisionRecord } from '../results/decision-record.js';
import type { PluginHealth } from './plugin-health.js';

/** What changed in the configuration of a manager: names only, never values. */
export interface ConfigurationChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Plugin name and the fields of its configuration that differ. */
  readonly changed: readonly { readonly plugin: string; readonly fields: readonly string[] }[];
}

/** Sees what happens and can change nothing: what it throws is logged and dropped. All methods are optional. */
export interface Observer {
  /** After each hook call with a plan: one frozen record per step. Background steps follow one by one. */
  onDecisions?(records: readonly DecisionRecord[], requestId: string): void;
  /** A step ended with an error or a timeout. */
  onError?(record: DecisionRecord, requestId: string): void;
  /** The manager runs another configuration now. */
  onConfigurationChange?(change: ConfigurationChange): void;
  /** A plugin's status changed. */
  onHealthChange?(health: PluginHealth): void;
}
