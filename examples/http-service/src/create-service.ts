import type { PluginManager } from '@mcpplugins/framework-core';
import express, { type ErrorRequestHandler, type Express, type Request } from 'express';
import { callGuarded, CallRefused, type Tool } from './call-guarded.js';

/** What `createService` takes. */
export interface ServiceOptions {
  readonly manager: PluginManager;
  readonly tools: ReadonlyMap<string, Tool>;
  /** Who sends a request, as the service has verified it: plugins take it for the truth. */
  readonly userOf: (request: Request) => string;
}

/** `POST /tools/NAME` with arguments as a JSON object. */
export function createService({ manager, tools, userOf }: ServiceOptions): Express {
  const service = express();
  service.use(express.json());
  service.post('/tools/:name', async (request, response) => {
    const { name } = request.params;
    const tool = tools.get(name);
    if (tool === undefined) {
      response.status(404).json({ error: 'UNKNOWN_TOOL' });
      return;
    }
    // A client that goes away ends the plugins that still run for it.
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    await using hooks = manager.openRequest({ user: userOf(request) }, { signal: gone.signal });
    const args = request.body as Record<string, unknown>;
    response.json(await callGuarded(hooks, name, args, tool));
  });
  service.use(answerRefusal);
  return service;
}

/** 403, or the status that the plugin asks for. */
const answerRefusal: ErrorRequestHandler = (error, _request, response, next) => {
  if (!(error instanceof CallRefused)) {
    next(error);
    return;
  }
  const { violation } = error;
  const body = { error: violation?.code, reason: violation?.reason, plugin: violation?.plugin };
  response.status(violation?.httpStatusCode ?? 403).json(body);
};
