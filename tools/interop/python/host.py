"""A Python host: reads one hook call a line from stdin, answers with one line of what came of it."""

import asyncio
import importlib
import json
import os
import sys

framework = importlib.import_module(os.environ.get("INTEROP_FRAMEWORK", "cpex.framework"))

# Payload classes of the frameworks that have no registry of hooks.
CLASSES = {
    "prompt_pre_fetch": "PromptPrehookPayload",
    "prompt_post_fetch": "PromptPosthookPayload",
    "tool_pre_invoke": "ToolPreInvokePayload",
    "tool_post_invoke": "ToolPostInvokePayload",
    "resource_pre_fetch": "ResourcePreFetchPayload",
    "resource_post_fetch": "ResourcePostFetchPayload",
}


def build_payload(hook, payload):
    payload_type = getattr(framework, CLASSES[hook])
    if "prompt_id" in payload and "prompt_id" not in payload_type.model_fields:
        payload = {"name": payload["prompt_id"], **{k: v for k, v in payload.items() if k != "prompt_id"}}
    return payload_type.model_validate(payload)


def describe(result):
    violation = result.violation
    modified = result.modified_payload
    plain = modified.model_dump(mode="json", exclude_none=True) if modified is not None else None
    if plain and "name" in plain and "Prompt" in type(modified).__name__:
        plain["prompt_id"] = plain.pop("name")
    return {
        "continue_processing": result.continue_processing,
        "violation": violation and {"code": violation.code, "reason": violation.reason, "details": violation.details},
        "modified_payload": plain,
        "metadata": result.metadata,
    }


async def invoke(manager, hook, payload, context, table):
    if hasattr(manager, "invoke_hook"):
        return await manager.invoke_hook(hook, payload, context, table)
    return await getattr(manager, hook)(payload, context, table)


async def answer(manager, call, contexts):
    context, table = contexts.get(call["request"]) or (
        framework.GlobalContext(request_id=call["request"], user="ada"),
        None,
    )
    try:
        payload = build_payload(call["hook"], call["payload"])
        result, table = await invoke(manager, call["hook"], payload, context, table)
    except (Exception, asyncio.CancelledError) as error:
        return {"error": str(error) or repr(error)}
    contexts[call["request"]] = (context, table)
    return {**describe(result), "state": context.state}


async def main():
    manager = framework.PluginManager(sys.argv[1])
    await manager.initialize()
    contexts = {}
    print(json.dumps({"ready": True}), flush=True)
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        print(json.dumps(await answer(manager, json.loads(line), contexts), default=str), flush=True)
    await manager.shutdown()


asyncio.run(main())
