"""`python -m index.probe FOLDER`: exit code 0 if the vector folder can be opened, listed and searched."""

from __future__ import annotations

import sys
from pathlib import Path

from index.vectors import examine

if __name__ == "__main__":
    examine(Path(sys.argv[1]))
