import type { Labels, PrometheusText } from './prometheus.js';

/** Combinations of labels that one metric keeps; what comes after them is not counted apart. */
const maxSeries = 10_000;

/** Counts events by labels. */
export class Counter {
  private readonly name: string;
  private readonly help: string;
  private readonly series = new Map<string, { readonly labels: Labels; count: number }>();

  constructor(name: string, help: string) {
    this.name = name;
    this.help = help;
  }

  add(labels: Labels): void {
    const key = Object.values(labels).join('\0');
    const known = this.series.get(key);
    if (known !== undefined) known.count++;
    else if (this.series.size < maxSeries) this.series.set(key, { labels, count: 1 });
  }

  write(text: PrometheusText): void {
    text.head(this.name, 'counter', this.help);
    for (const { labels, count } of this.series.values()) text.value(this.name, labels, count);
  }
}
