const keptCharacters = 8192;

/** The last 8192 characters of what a child wrote to its stderr. */
export class StderrTail {
  private kept = '';

  push(text: string): void {
    this.kept = (this.kept + text).slice(-keptCharacters);
  }

  /** The last lines, at most `count`. */
  lastLines(count: number): string {
    return this.kept.trimEnd().split('\n').slice(-count).join('\n');
  }
}
