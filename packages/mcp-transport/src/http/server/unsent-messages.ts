const maxMessages = 1000;
const maxCharacters = 1_048_576;

/** Messages for which there is no stream yet; the oldest are given up when there are too many. */
export class UnsentMessages {
  private texts: string[] = [];
  private characters = 0;

  add(text: string): void {
    this.texts.push(text);
    this.characters += text.length;
    while (this.texts.length > maxMessages || (this.characters > maxCharacters && this.texts.length > 1)) {
      this.characters -= this.texts.shift()?.length ?? 0;
    }
  }

  take(): readonly string[] {
    const { texts } = this;
    this.texts = [];
    this.characters = 0;
    return texts;
  }
}
