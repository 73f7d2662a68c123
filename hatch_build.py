"""Hatch build hook."""

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Hook(BuildHookInterface):
    """Placeholder until the catalogues exist."""

    PLUGIN_NAME = "custom"
