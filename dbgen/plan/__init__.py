"""How to get from one schema to the next."""

from dbgen.plan.diff import Plan, make_plan
from dbgen.plan.renames import Ambiguity, ambiguities

__all__ = ["Ambiguity", "Plan", "ambiguities", "make_plan"]
