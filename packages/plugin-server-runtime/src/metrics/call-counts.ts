/** How a hook call at a plugin server ended. */
export type CallEnd = 'proceeded' | 'refused' | 'failed';

interface Count {
  readonly labels: string;
  calls: number;
}

/** Counts hook calls, for `/metrics`. */
export class CallCounts {
  private readonly counts = new Map<string, Count>();
  private readonly plugins: ReadonlySet<string>;

  /** @param plugins names that may be labels: what a client makes up must not grow the list */
  constructor(plugins: Iterable<string>) {
    this.plugins = new Set(plugins);
  }

  count(plugin: string, hook: string, end: CallEnd): void {
    const known = this.plugins.has(plugin) ? plugin : '';
    const key = `${end} ${hook} ${known}`;
    let count = this.counts.get(key);
    if (count === undefined) {
      count = { labels: `plugin="${escapeLabel(known)}",hook="${hook}",end="${end}"`, calls: 0 };
      this.counts.set(key, count);
    }
    count.calls++;
  }

  /**
   * The counts as text for Prometheus, with the gauge that ContextForge's runtime has.
   * @see https://prometheus.io/docs/instrumenting/exposition_formats/
   */
  toPrometheus(server: {
    readonly name: string;
    readonly transport: string;
    readonly usesTls: boolean;
  }): string {
    const { name, transport, usesTls } = server;
    return [
      '# HELP plugin_info The plugin server.',
      '# TYPE plugin_info gauge',
      `plugin_info{server_name="${escapeLabel(name)}",transport="${transport}",ssl_enabled="${usesTls}"} 1`,
      '# HELP mcpplugins_hook_calls_total Hook calls by plugin, hook and how they ended.',
      '# TYPE mcpplugins_hook_calls_total counter',
      ...Array.from(
        this.counts.values(),
        ({ labels, calls }) => `mcpplugins_hook_calls_total{${labels}} ${calls}`,
      ),
      '',
    ].join('\n');
  }
}

function escapeLabel(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
