"""Where tests keep temporary files: in memory where there is room; a database on a disk costs half a second."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # Linux; elsewhere, and in containers that give it little, files stay on the disk
ROOM = 3 << 30  # bytes: several times what a whole run holds at once


def keep_in_memory() -> None:
    """Lets this process and its children make temporary files in memory, unless somebody has named another place."""
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < ROOM:
        return
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)
