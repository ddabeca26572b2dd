/** What a label of a metric may be called, and its value. */
export type Labels = Readonly<Record<string, string>>;

/**
 * Text for Prometheus.
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export class PrometheusText {
  private readonly lines: string[] = [];

  /** Begins a metric. */
  head(name: string, type: 'counter' | 'gauge' | 'histogram', help: string): void {
    this.lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`);
  }

  value(name: string, labels: Labels, value: number): void {
    const texts = Object.entries(labels).map(([label, text]) => `${label}="${escapeLabel(text)}"`);
    this.lines.push(`${name}${texts.length === 0 ? '' : `{${texts.join(',')}}`} ${value}`);
  }

  toString(): string {
    return `${this.lines.join('\n')}\n`;
  }
}

function escapeLabel(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
