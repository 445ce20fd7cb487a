"""JavaScript's patterns as PostgreSQL's: the same texts match, or the pattern is not translated at all.

Characters are code points, as under JavaScript's flag `u`. Rules of JavaScript: ECMA-262, 22.2 and B.1.2;
of PostgreSQL: https://www.postgresql.org/docs/current/functions-matching.html#FUNCTIONS-POSIX-REGEXP
"""

from dbgen.inputs.patterns.reader import BadPattern, Untranslatable
from dbgen.inputs.patterns.writer import translate

__all__ = ["BadPattern", "Untranslatable", "translate"]
