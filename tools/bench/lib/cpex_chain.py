"""Nanoseconds of CPU that cpex's own executor takes for one chain of plugins that do nothing. Arguments: plugins, calls."""

import asyncio
import importlib
import json
import sys
import tempfile
import time
from pathlib import Path

from cpex.framework import GlobalContext, Plugin, PluginManager, PluginResult, ToolPreInvokePayload


class Idle(Plugin):
    """Writes state in one call of ten, as the plugins of the other targets do."""

    calls = 0

    async def tool_pre_invoke(self, payload, context):
        Idle.calls += 1
        if Idle.calls % 10 == 0:
            context.set_state("calls", Idle.calls)
        return PluginResult(continue_processing=True)


PAYLOAD = {
    "text": "lorem ipsum dolor sit amet " * 20,
    "items": [{"id": number, "name": f"item {number}"} for number in range(20)],
    "count": 1,
    "flag": True,
}


def configuration(plugins: int) -> dict:
    return {
        "plugins": [
            {
                "name": f"idle-{number}",
                "kind": "cpex_chain.Idle",
                "hooks": ["tool_pre_invoke"],
                "mode": "sequential",
                "priority": 100,
                "conditions": [{"tools": ["echo"], "server_ids": ["server"]}],
            }
            for number in range(plugins)
        ]
    }


async def main(plugins: int, calls: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "plugins.yaml"
        file.write_text(json.dumps(configuration(plugins)))  # JSON is YAML
        manager = PluginManager(str(file))
        await manager.initialize()
    assert manager.plugin_count == plugins, manager.plugin_count
    context = GlobalContext(request_id="bench", server_id="server")
    payload = ToolPreInvokePayload(name="echo", args=PAYLOAD)

    async def run(times: int) -> None:
        for _ in range(times):
            await manager.invoke_hook("tool_pre_invoke", payload, context)

    await run(calls)
    # cpex imports this file under its own name, beside __main__.
    made = importlib.import_module("cpex_chain").Idle.calls
    if made != plugins * calls:
        raise SystemExit(f"{made} plugin calls, expected {plugins * calls}")
    started = time.process_time_ns()
    await run(calls)
    print((time.process_time_ns() - started) // calls)
    await manager.shutdown()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
