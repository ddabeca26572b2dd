"""The plugin of the interop cases, for Python plugin servers: does what the name or uri of a call says."""

import importlib
import os

framework = importlib.import_module(os.environ.get("INTEROP_FRAMEWORK", "cpex.framework"))
PluginResult = framework.PluginResult
PluginViolation = framework.PluginViolation

TEXT = "SECRET"


def read(value, key):
    """A field of a dictionary or of an object, whichever a peer hands over."""
    return value.get(key) if isinstance(value, dict) else getattr(value, key, None)


def name_of(prompt):
    """The oldest frameworks say `name`, later ones `prompt_id`."""
    return read(prompt, "prompt_id") or read(prompt, "name")


def masked(value):
    """The value as plain data with the secret masked in every text."""
    if hasattr(value, "model_dump"):
        value = value.model_dump(mode="json")
    if isinstance(value, dict):
        return {key: masked(item) for key, item in value.items()}
    if isinstance(value, list):
        return [masked(item) for item in value]
    return value.replace(TEXT, "******") if isinstance(value, str) else value


class InteropPlugin(framework.Plugin):
    def act(self, payload, context, wanted, change):
        if wanted == "block":
            violation = PluginViolation(
                reason="not this one", description="said the plugin", code="INTEROP", details={"n": 1}
            )
            return PluginResult(continue_processing=False, violation=violation)
        if wanted == "error":
            raise RuntimeError("kaboom")
        if wanted == "state":
            count = context.global_context.state.get("count", 0) + 1
            context.global_context.state["count"] = count
            context.state["mine"] = context.state.get("mine", 0) + 1
            seen = {"count": count, "mine": context.state["mine"], "user": context.global_context.user}
            return PluginResult(metadata={"seen": seen})
        if wanted == "modify":
            return PluginResult(modified_payload=payload.model_copy(update=change(payload)))
        return PluginResult(metadata={"proceeded": True})

    async def prompt_pre_fetch(self, payload, context):
        return self.act(payload, context, name_of(payload), lambda p: {"args": masked(p.args)})

    async def prompt_post_fetch(self, payload, context):
        return self.act(payload, context, name_of(payload), lambda p: {"result": masked(p.result)})

    async def tool_pre_invoke(self, payload, context):
        return self.act(payload, context, payload.name, lambda p: {"args": masked(p.args)})

    async def tool_post_invoke(self, payload, context):
        return self.act(payload, context, payload.name, lambda p: {"result": masked(p.result)})

    async def resource_pre_fetch(self, payload, context):
        return self.act(payload, context, payload.uri.split("/")[-1], lambda p: {"metadata": {"masked": True}})

    async def resource_post_fetch(self, payload, context):
        def change(p):
            # As the guards of ContextForge do: the text of one content.
            text = read(p.content, "text")
            assert isinstance(text, str), f"content without text: {p.content!r}"
            return {"content": {"uri": read(p.content, "uri"), "text": text.replace(TEXT, "******")}}

        return self.act(payload, context, payload.uri.split("/")[-1], change)
