import {
  type PluginConfigInput,
  type PluginContext,
  type PluginRegistration,
  resolvePluginConfig,
} from '@mcpplugins/framework-core';
import { builtInContracts } from '@mcpplugins/framework-core/contracts';
import type { TestPluginConfig } from '../plugin-of.js';
import { type Behaviour, behaviours, type SpiedPayload } from './behaviours.js';

/** One call that a spy saw. */
export interface SpyCall {
  readonly hook: string;
  /** As the spy got it: frozen. */
  readonly payload: SpiedPayload;
  readonly context: PluginContext;
}

/** What `spyPlugin` takes: a plugin's configuration, and what the spy does. */
export interface SpyOptions extends TestPluginConfig {
  /** Default: proceed. */
  readonly behaviour?: Behaviour | undefined;
}

/** A plugin for a test, and what it saw. */
export interface SpyPlugin extends PluginRegistration {
  readonly calls: readonly SpyCall[];
  /** Life-cycle calls in order. */
  readonly life: readonly ('initialize' | 'shutdown')[];
}

/**
 * A plugin that records its calls and behaves as it is told: `spyPlugin({ behaviour: behaviours.block() })`. It implements
 * the hooks of its configuration, by default every built-in one. Give names when there are several.
 */
export function spyPlugin({ behaviour = behaviours.proceed(), ...config }: SpyOptions = {}): SpyPlugin {
  const calls: SpyCall[] = [];
  const life: ('initialize' | 'shutdown')[] = [];
  const hooks = config.hooks ?? builtInContracts.map(({ name }) => name);
  const handlerOf = (hook: string) => (payload: SpiedPayload, context: PluginContext) => {
    calls.push({ hook, payload, context });
    return behaviour(payload, context);
  };
  class Spy {
    readonly config;
    readonly hooks = Object.fromEntries(hooks.map((hook) => [hook, handlerOf(hook)]));

    constructor(input: PluginConfigInput) {
      this.config = resolvePluginConfig(input);
    }

    get name(): string {
      return this.config.name;
    }

    initialize(): void {
      life.push('initialize');
    }

    shutdown(): void {
      life.push('shutdown');
    }
  }
  return {
    config: { kind: 'test', ...config, name: config.name ?? 'spy' },
    load: () => Spy,
    calls,
    life,
  };
}
