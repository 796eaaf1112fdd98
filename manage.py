#!/usr/bin/env python
"""Django's command line; `python3 run.py` is the everyday entrance."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiv.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
