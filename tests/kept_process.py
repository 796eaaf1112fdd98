"""A server process that cannot outlive the tests that started it, however they end.

What lives here: `KeptProcess`. Not here: what is started (tests/postgres_cluster.py, tests/browser.py).
"""

import subprocess
from pathlib import Path

STOP_SECONDS = 30
# The tests hold the other end of standard input. When they end, in order or killed, `cat` comes to its end,
# the server is stopped and the directory is removed: nothing has to be tidied up by a handler.
_KEEPER = """
sign=$1 directory=$2
shift 2
"$@" &
server=$!
cat > /dev/null
kill -s "$sign" $server
wait $server
[ -z "$directory" ] || rm -rf "$directory"
"""


class KeptProcess:
    """`command`, running in a session of its own (Ctrl-C ends the tests first), with its output in `log`."""

    def __init__(
        self, command: list, *, log: Path, stop_with: str = "TERM", remove: Path | None = None, **options
    ) -> None:
        arguments = [str(part) for part in command]
        with log.open("wb") as output:
            self._keeper = subprocess.Popen(
                ["/bin/sh", "-c", _KEEPER, "keeper", stop_with, str(remove or ""), *arguments],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                start_new_session=True,
                **options,
            )

    def stop(self) -> None:
        """Wait until the server has stopped and its directory is gone. Stopping twice is no mistake."""
        self._keeper.stdin.close()
        self._keeper.wait(timeout=STOP_SECONDS)
