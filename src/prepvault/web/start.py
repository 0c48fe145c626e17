"""Run the application on a thread of its own, from its start until it is stopped."""

import logging
from threading import Thread
from time import sleep

import uvicorn

from prepvault.errors import OutsideError
from prepvault.jobs.serve import Served
from prepvault.web.app import make_app
from prepvault.web.guard import LARGEST_HEAD, Log
from prepvault.web.patience import Patient
from prepvault.web.reading import PATIENCE

_LAST_ANSWERS = 1
_END = 5.0
_PAUSE = 0.005


class WebServer:
    """The door as `jobs/serve` wants it."""

    def __init__(self, served: Served, log: Log | None = None) -> None:
        config = uvicorn.Config(
            make_app(served, log),
            http=Patient,
            ws="none",
            lifespan="off",
            loop="asyncio",
            log_config=None,
            log_level=logging.CRITICAL + 1,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=int(PATIENCE),
            timeout_graceful_shutdown=_LAST_ANSWERS,
            h11_max_incomplete_event_size=LARGEST_HEAD,
        )
        self._server = uvicorn.Server(config)
        sockets = list(served.sockets)
        self._thread = Thread(target=lambda: self._server.run(sockets=sockets), name="serve", daemon=True)

    def start(self) -> None:
        """Answer from now on; this returns once it does."""
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise OutsideError("the server could not be started")
            sleep(_PAUSE)

    def stop(self) -> None:
        """Finish the answers in hand, and end."""
        self._server.should_exit = True
        if self._thread.ident is not None:
            self._thread.join(_END)
