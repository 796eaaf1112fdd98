"""What `run.py` does, one module per kind of work.

Standard library only: this runs before anything is installed.
"""
