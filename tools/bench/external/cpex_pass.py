"""A plugin for cpex's plugin server that lets everything through."""

from cpex.framework import Plugin, PluginResult


class Pass(Plugin):
    async def tool_pre_invoke(self, payload, context):
        return PluginResult()
