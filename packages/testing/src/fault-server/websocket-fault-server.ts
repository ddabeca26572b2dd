import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { type FaultListenerOptions, type FaultServer, listenForFaults } from './fault-listener.js';
import { faultOf, healthyAnswer, type HostMessage } from './healthy-answers.js';
import { answerRefusal, type FaultChannel, streamFaults } from './stream-faults.js';

/** Starts a plugin server on this machine, over WebSocket, that does what a hook call's `args.fault` says, and everything else right. */
export async function startWebSocketFaultServer(where: FaultListenerOptions = {}): Promise<FaultServer> {
  const upgrades = new WebSocketServer({ noServer: true, handleProtocols: () => 'mcp' });
  return listenForFaults({
    ...where,
    scheme: 'ws',
    onRequest: (_request, response) => void response.writeHead(426).end(),
    onServer: (server) =>
      server.on('upgrade', (request, stream, head) => {
        upgrades.handleUpgrade(request, stream, head, (socket) => serve(socket, stream));
      }),
  });
}

function serve(socket: WebSocket, stream: Duplex): void {
  const channel = createChannel(socket, stream);
  socket.on('error', () => {
    // A host that goes away in the middle of a message is what the server is there for.
  });
  socket.on('message', (data) => {
    const message = JSON.parse((data as Buffer).toString()) as HostMessage;
    if (answerRefusal(message, channel)) return;
    const fault = streamFaults[faultOf(message)];
    if (fault !== undefined) {
      fault(message, channel);
      return;
    }
    const answer = healthyAnswer(message);
    if (answer !== undefined) channel.send(answer);
  });
}

function createChannel(socket: WebSocket, stream: Duplex): FaultChannel {
  const channel: FaultChannel = {
    kept: undefined,
    asked: undefined,
    send: (message) => channel.sendText(JSON.stringify(message)),
    sendText: (text) => socket.send(text),
    sendHalf: (text) => socket.send(text, { fin: false }),
    sendHuge(bytes) {
      const chunk = 'x'.repeat(65_536);
      let left = bytes;
      const more = (): void => {
        if (socket.readyState !== socket.OPEN) return;
        left -= chunk.length;
        socket.send(chunk, { fin: left <= 0 }, () => {
          if (left > 0) more();
        });
      };
      more();
    },
    sendSlowly() {
      const timer = setInterval(() => socket.send(' ', { fin: false }), 20);
      socket.once('close', () => clearInterval(timer));
    },
    end: () => socket.close(1011),
    cut: () => void stream.destroy(),
  };
  return channel;
}
