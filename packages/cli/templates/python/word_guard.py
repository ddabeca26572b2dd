"""A plugin server in Python, with the official MCP SDK (pip install "mcp<2"): the guard "WordGuard" blocks calls that
mention "forbidden" and masks "secret".

    python word_guard.py            over stdio, as `proto: STDIO` starts it
    python word_guard.py --http     over HTTP, on http://127.0.0.1:8000/mcp; the variables HOST and PORT say otherwise
"""

import json
import os
import sys
from typing import Any

from mcp.server.fastmcp import FastMCP

NAME = "WordGuard"
HOOKS = ["tool_pre_invoke", "tool_post_invoke"]
DESCRIPTION = {
    "name": NAME,
    "kind": "python",
    "version": "0.1.0",
    "description": "Blocks and masks words",
    "hooks": HOOKS,
    "tags": ["words"],
    "mode": "enforce",
    "priority": 100,
    "conditions": [],
}

server = FastMCP(
    "word-guard",
    log_level="ERROR",
    host=os.environ.get("HOST", "127.0.0.1"),
    port=int(os.environ.get("PORT", "8000")),
)


def decide(payload: dict[str, Any]) -> dict[str, Any]:
    text = json.dumps(payload)
    if "forbidden" in text:
        violation = {
            "code": "FORBIDDEN_WORD",
            "reason": "A forbidden word is in it",
            "description": "The word guard found a word of its list",
            "details": {},
        }
        return {"continue_processing": False, "modified_payload": None, "violation": violation, "metadata": {}}
    modified = json.loads(text.replace("secret", "******")) if "secret" in text else None
    return {"continue_processing": True, "modified_payload": modified, "violation": None, "metadata": {}}


@server.tool(structured_output=False)
def get_plugin_configs() -> str:
    return json.dumps([DESCRIPTION])


@server.tool(structured_output=False)
def get_plugin_config(name: str) -> str:
    return json.dumps(DESCRIPTION if name.lower() == NAME.lower() else {})


@server.tool(structured_output=False)
def invoke_hook(hook_type: str, plugin_name: str, payload: dict[str, Any], context: dict[str, Any]) -> str:
    def fail(message: str) -> str:
        error = {"message": message, "plugin_name": plugin_name, "code": "", "details": {}}
        return json.dumps({"plugin_name": plugin_name, "error": error})

    if plugin_name != NAME:
        return fail(f"there is no plugin {plugin_name}")
    if hook_type not in HOOKS:
        return fail(f"{NAME} does not run on {hook_type}")
    if not isinstance(payload.get("name"), str):
        return fail("the payload has no name")
    return json.dumps({"plugin_name": NAME, "result": decide(payload)})


if __name__ == "__main__":
    server.run("streamable-http" if "--http" in sys.argv else "stdio")
