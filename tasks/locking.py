"""`run.py lock`: the lock files, from pyproject.toml.

Every package with its version and the hashes of its files, for every platform; no address of any registry.
"""

import shutil

from tasks.environment import REQUIREMENTS, ROOT, Problem, run_or_stop, say
from tasks.programs import UV_HINT

OPTIONS = ["--universal", "--python-version=3.11", "--generate-hashes", "--no-header", "--no-annotate"]
#: uv would otherwise copy the addresses of this machine's settings into the file.
NO_ADDRESSES = ["--no-emit-index-url", "--no-emit-find-links"]


def lock(arguments: list[str]) -> int:
    """Arguments go to `uv pip compile`, for example --upgrade or --upgrade-package=Django."""
    uv = shutil.which("uv")
    if not uv:
        raise Problem(f"`lock` needs uv: {UV_HINT}")
    development = REQUIREMENTS / "development.lock"
    compile_lock(uv, development, ["--group=dev", *arguments])
    # The same versions in both: what is tested is what runs.
    compile_lock(uv, REQUIREMENTS / "runtime.lock", [f"--constraint={development}", "--upgrade"])
    return 0


def compile_lock(uv: str, target, options: list[str]) -> None:
    command = [uv, "pip", "compile", "pyproject.toml", f"--output-file={target}", "--quiet", *OPTIONS]
    run_or_stop([*command, *NO_ADDRESSES, *options], f"uv could not resolve {target.name}")
    if "://" in target.read_text():
        raise Problem(f"{target.name} holds an address; nothing may be committed from it")
    say(f"written: {target.relative_to(ROOT)}")
