from kiv.formats.belgian import *  # noqa: F403 (a format module is its names)
