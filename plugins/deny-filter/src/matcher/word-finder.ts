/** Where the word of an index was found: UTF-16 units, end exclusive. */
interface WordMatch {
  readonly word: number;
  readonly start: number;
  readonly end: number;
}

/** Finds words in texts; both are folded alike. Gives every occurrence, overlapping ones included. */
export type WordFinder = (text: string, found: (match: WordMatch) => void) => void;

/** Up to here a search for each word is quicker than one automaton for all. */
const fewWords = 40;

/** A finder for a list of non-empty words. Time grows with the text, not with the number of words in long lists. */
export function createWordFinder(words: readonly string[]): WordFinder {
  return words.length <= fewWords ? searchEach(words) : new WordAutomaton(words).finder();
}

function searchEach(words: readonly string[]): WordFinder {
  return (text, found) => {
    for (const [index, word] of words.entries()) {
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        found({ word: index, start: at, end: at + word.length });
      }
    }
  };
}

interface State {
  readonly next: Map<number, State>;
  /** Longest proper suffix that is a prefix of a word. */
  fallback: State | undefined;
  /** Words that end here. */
  readonly words: number[];
  /** Nearest state on the way of fallbacks that has words. */
  shorter: State | undefined;
}

/** @see Aho, Corasick: Efficient string matching (1975) */
class WordAutomaton {
  private readonly root: State = createState();
  private readonly lengths: readonly number[];

  constructor(words: readonly string[]) {
    this.lengths = words.map((word) => word.length);
    for (const [index, word] of words.entries()) this.add(word, index);
    this.link();
  }

  finder(): WordFinder {
    return (text, found) => {
      let state = this.root;
      for (let at = 0; at < text.length; at++) {
        state = this.step(state, text.charCodeAt(at));
        for (let end: State | undefined = state; end !== undefined; end = end.shorter) {
          for (const word of end.words)
            found({ word, start: at + 1 - (this.lengths[word] ?? 0), end: at + 1 });
        }
      }
    };
  }

  private add(word: string, index: number): void {
    let state = this.root;
    for (let at = 0; at < word.length; at++) {
      const unit = word.charCodeAt(at);
      let next = state.next.get(unit);
      if (next === undefined) state.next.set(unit, (next = createState()));
      state = next;
    }
    state.words.push(index);
  }

  /** Breadth first, so that the fallbacks of shorter prefixes are there before those of longer ones. */
  private link(): void {
    const queue = [this.root];
    for (let state = queue.shift(); state !== undefined; state = queue.shift()) {
      for (const [unit, child] of state.next) {
        child.fallback = state === this.root ? this.root : this.step(state.fallback ?? this.root, unit);
        child.shorter = child.fallback.words.length > 0 ? child.fallback : child.fallback.shorter;
        queue.push(child);
      }
    }
  }

  private step(from: State, unit: number): State {
    for (let state: State | undefined = from; state !== undefined; state = state.fallback) {
      const next = state.next.get(unit);
      if (next !== undefined) return next;
    }
    return this.root;
  }
}

function createState(): State {
  return { next: new Map(), fallback: undefined, words: [], shorter: undefined };
}
