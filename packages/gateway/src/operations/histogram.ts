import type { Labels, PrometheusText } from './prometheus.js';

/** Upper bounds in seconds: from a cached answer to a long job. */
const bounds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Combinations of labels that are kept. */
const maxSeries = 500;

interface Series {
  readonly labels: Labels;
  /** Events in each bucket alone; the last is above every bound. */
  readonly buckets: number[];
  sum: number;
}

/** How long things took, in buckets, by labels. */
export class Histogram {
  private readonly name: string;
  private readonly help: string;
  private readonly series = new Map<string, Series>();

  constructor(name: string, help: string) {
    this.name = name;
    this.help = help;
  }

  observe(labels: Labels, seconds: number): void {
    const key = Object.values(labels).join('\0');
    let series = this.series.get(key);
    if (series === undefined) {
      if (this.series.size >= maxSeries) return;
      series = { labels, buckets: Array.from({ length: bounds.length + 1 }, () => 0), sum: 0 };
      this.series.set(key, series);
    }
    const place = bounds.findIndex((bound) => seconds <= bound);
    const index = place === -1 ? bounds.length : place;
    series.buckets[index] = (series.buckets[index] ?? 0) + 1;
    series.sum += seconds;
  }

  write(text: PrometheusText): void {
    text.head(this.name, 'histogram', this.help);
    for (const { labels, buckets, sum } of this.series.values()) {
      let count = 0;
      buckets.forEach((inBucket, index) => {
        count += inBucket;
        text.value(`${this.name}_bucket`, { ...labels, le: String(bounds[index] ?? '+Inf') }, count);
      });
      text.value(`${this.name}_sum`, labels, sum);
      text.value(`${this.name}_count`, labels, count);
    }
  }
}
