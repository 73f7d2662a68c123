"""A contract type for import-linter, used by pyproject.toml."""

from grimp import ImportGraph
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.domain.contract import ContractCheck


class ForbiddenWherePresent(ForbiddenContract):
    """A forbidden contract that may name rooms which are not built yet; one that is there is held to it."""

    type_name = "forbidden_where_present"

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Checks the modules that exist."""
        self.source_modules = {each for each in self.source_modules if each.expression in graph.modules}
        self.forbidden_modules = {
            each
            for each in self.forbidden_modules
            if each.expression in graph.modules or not each.expression.startswith("crmsim.")
        }
        return super().check(graph, verbose)
