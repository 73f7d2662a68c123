"""What a wheel holds beyond the source: the compiled catalogues and the bundled scenarios."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BundleHook(BuildHookInterface):
    """Compiles the catalogues and puts scenarios/*.toml at crmsim/scenarios/bundled."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before the files of a wheel are gathered. An editable install reads scenarios/ where it stands."""
        root = Path(self.root)
        sys.path.insert(0, str(root))
        try:
            from tools.compile_locale import LOCALE, compile_all
        finally:
            sys.path.remove(str(root))
        problems = [problem for language in compile_all() for problem in language.problems]
        if version == "editable":
            return
        if problems:
            raise ValueError("the catalogues disagree: " + "; ".join(problems))
        for path in sorted(LOCALE.glob("*/LC_MESSAGES/*.mo")):
            inside = path.relative_to(root).as_posix()
            build_data["force_include"][str(path)] = inside
        for path in sorted((root / "scenarios").glob("*.toml")):
            build_data["force_include"][str(path)] = f"crmsim/scenarios/bundled/{path.name}"
