"""The plugin server of examples/plugin-servers/python over the transports of the official SDK that it does not use itself.

python word_guard_over.py sse|websocket PORT
"""

import sys
from pathlib import Path

import uvicorn
from mcp.server.websocket import websocket_server
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute

sys.path.insert(0, str(Path(__file__).parents[3] / "examples/plugin-servers/python"))
from word_guard import server  # noqa: E402


async def speak(socket):
    async with websocket_server(socket.scope, socket.receive, socket.send) as (incoming, outgoing):
        options = server._mcp_server.create_initialization_options()
        await server._mcp_server.run(incoming, outgoing, options)


transport, port = sys.argv[1:]
app = server.sse_app() if transport == "sse" else Starlette(routes=[WebSocketRoute("/ws", speak)])
uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="warning")
