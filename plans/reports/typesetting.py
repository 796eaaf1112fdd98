"""`typeset`: a template and its data become a tagged PDF (PDF/UA-1), in a child process with limits.

The template sees nothing but the data, as sys.inputs.data: no file, no package, no font of the machine. Not
here: what a template looks like (typst/), and which signs it can show (showable).
"""

import json
import logging
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

TEMPLATES = Path(__file__).parent / "typst"
FRAME = TEMPLATES / "frame.typ"
CHILD = Path(__file__).with_name("typeset_child.py")
#: Measured: 500 000 signs in eight columns take 0.8 s and 160 MB.
SECONDS = 20
MEMORY = 1 << 30
#: One thread: one for each core of a large machine would reserve more than the limit of memory.
ENVIRONMENT = {"RAYON_NUM_THREADS": "1"}

logger = logging.getLogger(__name__)


class NotTypeset(Exception):
    """The child gave no PDF: it took too long, too much, or met a fault."""


def typeset(template: str, data: dict[str, Any], moment: datetime) -> bytes:
    """The file's bytes: the same for the same data and moment. Raises NotTypeset."""
    limits = [str(SECONDS), str(MEMORY), str(int(moment.timestamp()))]
    with TemporaryDirectory() as nothing:
        sources = [str(FRAME), str(TEMPLATES / template)]
        command = [sys.executable, "-I", "-B", str(CHILD), *sources, nothing, *limits]
        try:
            child = subprocess.run(  # noqa: S603 - our own script; all that was typed goes through stdin
                command,
                input=json.dumps(data).encode(),
                capture_output=True,
                env=ENVIRONMENT,
                cwd=nothing,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            logger.error("typesetting %s took more than %s seconds", template, SECONDS)
            raise NotTypeset from None
    if child.returncode != 0:
        # What typst says of a fault may quote the document: only the status is kept.
        logger.error("typesetting %s ended with status %s", template, child.returncode)
        raise NotTypeset
    return child.stdout
