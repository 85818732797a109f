"""What goes wrong when servers are started, as sentences for the person at the keyboard."""


class EmbeddedError(Exception):
    """A server could not be started. The text says what, where, and what to do."""


class PortBusy(EmbeddedError):
    """Another program listens on the wanted port."""

    def __init__(self, port: int, purpose: str, variable: str) -> None:
        super().__init__(
            f"Port {port} on 127.0.0.1, wanted for the {purpose}, is in use by another program. "
            f"Stop that program, or choose another port: make demo {variable}={port + 1}"
        )
        self.port = port
