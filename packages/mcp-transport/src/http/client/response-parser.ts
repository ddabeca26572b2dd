/** The head of a response. Names of headers are in lower case; of one that comes twice the values are joined by `, `. */
export interface ResponseHead {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** What a `ResponseParser` reports to. */
export interface ResponseReceiver {
  onHead(head: ResponseHead): void;
  onBody(chunk: Buffer): void;
  /** The response is whole. `isReusable`: the connection can carry another. */
  onEnd(isReusable: boolean): void;
}

const maxHeadBytes = 65_536;
const headEnd = Buffer.from('\r\n\r\n');
const lineEnd = Buffer.from('\r\n');
const empty = Buffer.alloc(0);

/**
 * Parses the responses of one HTTP/1.1 connection, one after the other. Throws at what is ambiguous: a connection that is read
 * in another way than it was written would give one request the answer to another.
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-6.3
 */
export class ResponseParser {
  private readonly receiver: ResponseReceiver;
  private state:
    'head' | 'length' | 'chunk-size' | 'chunk' | 'chunk-end' | 'trailers' | 'until-close' | 'idle' = 'idle';
  private rest: Buffer = empty;
  private remaining = 0;
  private isKept = true;

  constructor(receiver: ResponseReceiver) {
    this.receiver = receiver;
  }

  /** A request was sent: a response is to come. */
  expect(): void {
    this.state = 'head';
  }

  /** @throws Error what is no HTTP/1.1, and bytes that no request asked for */
  push(chunk: Buffer): void {
    let data = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    this.rest = empty;
    while (data.length > 0) {
      const used = this.step(data);
      if (used === undefined) {
        if (data.length > maxHeadBytes) throw new Error('a head or a line is too long');
        this.rest = data;
        return;
      }
      data = data.subarray(used);
    }
  }

  /** The connection has ended. True: the response was whole. */
  finish(): boolean {
    if (this.state === 'until-close') this.end(false);
    return this.state === 'idle';
  }

  /** Takes a part of the data and says how many bytes; undefined: it needs more. */
  private step(data: Buffer): number | undefined {
    switch (this.state) {
      case 'head':
        return this.readHead(data);
      case 'length':
      case 'chunk':
        return this.readBody(data);
      case 'chunk-size':
        return this.readLine(data, (line) => this.beginChunk(line));
      case 'chunk-end':
        return this.readLine(data, (line) => {
          if (line !== '') throw new Error('a chunk is longer than it says');
          this.state = 'chunk-size';
        });
      case 'trailers':
        return this.readLine(data, (line) => {
          if (line === '') this.end(this.isKept);
        });
      case 'until-close':
        this.receiver.onBody(data);
        return data.length;
      case 'idle':
        throw new Error('bytes that no request asked for');
    }
  }

  private readHead(data: Buffer): number | undefined {
    const at = data.indexOf(headEnd);
    if (at === -1) return undefined;
    const [statusLine = '', ...lines] = data.toString('latin1', 0, at).split('\r\n');
    const match = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: |$)/.exec(statusLine);
    if (match === null) throw new Error('the status line is not HTTP/1.1');
    const statusCode = Number(match[2]);
    // An interim response: the real one follows.
    if (statusCode < 200) return at + headEnd.length;
    const headers = parseHeaders(lines);
    const connection = headers['connection']?.toLowerCase() ?? '';
    this.isKept = match[1] === '1' ? !connection.includes('close') : connection.includes('keep-alive');
    this.beginBody(statusCode, headers);
    return at + headEnd.length;
  }

  private beginBody(statusCode: number, headers: ResponseHead['headers']): void {
    const { 'content-length': length, 'transfer-encoding': encoding } = headers;
    if (length !== undefined && encoding !== undefined) throw new Error('a length and a transfer encoding');
    if (length !== undefined && !/^\d{1,15}$/.test(length)) throw new Error('the length is no number');
    if (encoding !== undefined && encoding.toLowerCase() !== 'chunked')
      throw new Error('an unknown transfer encoding');
    this.receiver.onHead({ statusCode, headers });
    this.remaining = Number(length ?? 0);
    if (statusCode === 204 || statusCode === 304 || length === '0') this.end(this.isKept);
    else if (encoding !== undefined) this.state = 'chunk-size';
    else this.state = length === undefined ? 'until-close' : 'length';
  }

  private readBody(data: Buffer): number {
    const part = data.length > this.remaining ? data.subarray(0, this.remaining) : data;
    this.remaining -= part.length;
    this.receiver.onBody(part);
    if (this.remaining > 0) return part.length;
    if (this.state === 'chunk') this.state = 'chunk-end';
    else this.end(this.isKept);
    return part.length;
  }

  private beginChunk(line: string): void {
    const match = /^([0-9a-f]{1,12})[ \t]*(?:;.*)?$/i.exec(line);
    if (match === null) throw new Error('the size of a chunk is no number');
    this.remaining = Number.parseInt(match[1] ?? '', 16);
    this.state = this.remaining === 0 ? 'trailers' : 'chunk';
  }

  private readLine(data: Buffer, take: (line: string) => void): number | undefined {
    const at = data.indexOf(lineEnd);
    if (at === -1) return undefined;
    take(data.toString('latin1', 0, at));
    return at + lineEnd.length;
  }

  private end(isReusable: boolean): void {
    this.state = 'idle';
    this.receiver.onEnd(isReusable);
  }
}

function parseHeaders(lines: readonly string[]): Record<string, string | undefined> {
  const headers: Record<string, string | undefined> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon <= 0 || /[^!#$%&'*+\-.^_`|~\w]/.test(line.slice(0, colon)))
      throw new Error('a header is malformed');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    const before = headers[name];
    headers[name] = before === undefined || name === 'content-type' ? value : `${before}, ${value}`;
  }
  return headers;
}
