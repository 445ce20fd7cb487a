"""What people write, read into what the database should be."""

from dbgen.inputs.config import Config, Paths, load_config
from dbgen.inputs.read import Wanted, read_inputs

__all__ = ["Config", "Paths", "Wanted", "load_config", "read_inputs"]
