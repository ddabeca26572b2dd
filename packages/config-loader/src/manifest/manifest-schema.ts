import { isVersion } from './semver.js';
import { z } from 'zod';

const text = z.string().min(1);
const texts = z.array(text);

/**
 * `plugin-manifest.yaml`, in TypeScript spelling; the same keys in snake_case are its YAML. Describes a plugin to
 * people and tools; how it runs is the business of the configuration.
 * @see the specification, "Manifest Fields Reference"
 */
export const pluginManifestSchema = z.strictObject({
  name: text,
  /** npm package, relative file, or the class path of another language. */
  kind: text,
  description: text,
  author: text,
  version: text.refine(isVersion, 'must be a semantic version, such as 1.2.0'),
  license: text.optional(),
  homepage: z.url().optional(),
  repository: text.optional(),
  availableHooks: texts.optional(),
  tags: texts.optional(),
  pluginType: z.enum(['native', 'external']).optional(),
  language: z.enum(['typescript', 'javascript', 'python', 'go', 'rust', 'java']).optional(),
  /** high: under 1 ms; medium: under 10 ms; low: under 100 ms. */
  performanceTier: z.enum(['high', 'medium', 'low']).optional(),
  defaultConfig: z.record(z.string(), z.unknown()).optional(),
  requirements: z
    .strictObject({
      nodeVersion: text.optional(),
      pythonVersion: text.optional(),
      memoryMb: z.number().positive().optional(),
      cpuCores: z.number().positive().optional(),
      timeoutSeconds: z.number().positive().optional(),
    })
    .optional(),
  dependencies: texts.optional(),
  features: z
    .strictObject({
      configurable: z.boolean().optional(),
      stateful: z.boolean().optional(),
      asyncCapable: z.boolean().optional(),
      externalDependencies: z.boolean().optional(),
      multiTenant: z.boolean().optional(),
    })
    .optional(),
  documentation: z
    .strictObject({ readme: text.optional(), examples: text.optional(), apiDocs: text.optional() })
    .optional(),
  testing: z
    .strictObject({
      unitTests: text.optional(),
      integrationTests: text.optional(),
      /** Per cent. */
      coverageThreshold: z.number().min(0).max(100).optional(),
    })
    .optional(),
  compatibility: z
    .strictObject({
      /** Versions of `@mcpplugins/framework-core`. */
      minFrameworkVersion: text.optional(),
      maxFrameworkVersion: text.optional(),
      pythonVersions: texts.optional(),
      nodeVersions: texts.optional(),
    })
    .optional(),
  /** The same as one range: `mcp-plugin-framework>=1.0.0,<2.0.0`. */
  frameworkCompatibility: text.optional(),
  deployment: z
    .strictObject({
      containerImage: text.optional(),
      k8sManifest: text.optional(),
      healthCheckEndpoint: text.optional(),
    })
    .optional(),
  /** What the plugin asks to be allowed. Not enforced yet: a plugin that states any is refused. */
  capabilities: texts.optional(),
  /** Not checked yet: a plugin that states one is refused. */
  signing: z.strictObject({ algorithm: text, signature: text }).optional(),
});

/** The content of a `plugin-manifest.yaml`. */
export type PluginManifest = z.output<typeof pluginManifestSchema>;
