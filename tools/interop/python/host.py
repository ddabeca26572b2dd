"""A Python host: reads one hook call a line from stdin, answers with one line of what came of it."""

import asyncio
import json
import sys

from cpex.framework import GlobalContext, PluginManager
from cpex.framework.hooks.registry import get_hook_registry


def describe(result):
    violation = result.violation
    modified = result.modified_payload
    return {
        "continue_processing": result.continue_processing,
        "violation": violation and {"code": violation.code, "reason": violation.reason, "details": violation.details},
        "modified_payload": modified.model_dump(mode="json", exclude_none=True) if modified is not None else None,
        "metadata": result.metadata,
    }


async def answer(manager, call, contexts):
    payload_type = get_hook_registry().get_payload_type(call["hook"])
    payload = payload_type.model_validate(call["payload"])
    context = GlobalContext(request_id=call["request"], user="ada")
    kept = contexts.get(call["request"])
    if kept:
        context = kept[0]
    try:
        result, table = await manager.invoke_hook(call["hook"], payload, context, kept and kept[1])
    except (Exception, asyncio.CancelledError) as error:
        return {"error": str(error) or repr(error)}
    contexts[call["request"]] = (context, table)
    return {**describe(result), "state": context.state}


async def main():
    manager = PluginManager(sys.argv[1])
    await manager.initialize()
    contexts = {}
    print(json.dumps({"ready": True}), flush=True)
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        print(json.dumps(await answer(manager, json.loads(line), contexts), default=str), flush=True)
    await manager.shutdown()


asyncio.run(main())
