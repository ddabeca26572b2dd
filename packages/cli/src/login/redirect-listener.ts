import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FrameworkError } from '@mcpplugins/framework-core';
import type { CliErrorCode } from '../errors/error-codes.js';
import { renderResultPage } from './result-page.js';

const callbackPath = '/callback';

/** Milliseconds that the last page gets to reach the browser. */
const lastPageMs = 1000;

/** Waits on this machine for a browser to come back. */
export interface RedirectListener extends Disposable {
  /** Where it is to come back to. */
  readonly url: URL;
  /** Resolves with the URL with which a browser comes back that was sent with this state; others are turned away. */
  readonly visit: (state: string) => Promise<URL>;
}

/** Listens for a browser on 127.0.0.1. @param port default: any free one @throws FrameworkError `REDIRECT_PORT_UNUSABLE` */
export async function listenForRedirect(port = 0): Promise<RedirectListener> {
  const url = new URL(`http://127.0.0.1${callbackPath}`);
  let expected: { readonly state: string; readonly resolve: (visited: URL) => void } | undefined;
  const server = createServer({ keepAlive: false }, (request, response) => {
    const visited = readUrl(request.url, url);
    const isExpected = expected !== undefined && visited?.searchParams.get('state') === expected.state;
    if (request.method !== 'GET' || visited?.pathname !== callbackPath)
      sendPage(response, 404, 'Nothing is here.');
    else if (!isExpected) sendPage(response, 400, 'This belongs to no login that is under way.');
    else {
      sendAnswer(response, visited);
      expected?.resolve(visited);
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      const message = `the browser cannot come back to 127.0.0.1:${port}: ${error.message}`;
      reject(new FrameworkError<CliErrorCode>('REDIRECT_PORT_UNUSABLE', message, { cause: error }));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  url.port = String((server.address() as AddressInfo).port);
  return {
    url,
    visit: (state) =>
      new Promise((resolve) => {
        expected = { state, resolve };
      }),
    [Symbol.dispose]() {
      const timer = setTimeout(() => server.closeAllConnections(), lastPageMs);
      server.close(() => clearTimeout(timer));
    },
  };
}

function readUrl(text = '/', base: URL): URL | undefined {
  return URL.canParse(text, base.href) ? new URL(text, base) : undefined;
}

/** What there is to say now: whether the answer is any good the terminal says. */
function sendAnswer(response: ServerResponse, { searchParams }: URL): void {
  const error = searchParams.get('error');
  const problem = searchParams.get('error_description') ?? error;
  if (error === null) sendPage(response, 200, 'Your answer has arrived. You can close this window.');
  else sendPage(response, 400, `The login failed: ${problem}. You can close this window.`);
}

function sendPage(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    connection: 'close',
  });
  response.end(renderResultPage(text));
}
