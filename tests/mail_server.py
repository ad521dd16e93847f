"""A real SMTP server, which can be killed, can refuse an address and keeps what it takes."""

import email
import email.policy
import logging
import socket

from aiosmtpd.controller import Controller

BAD = "buntu@contoh.id"

# It tells of every command; what tests look for in the log is what the site says.
logging.getLogger("mail").setLevel(logging.ERROR)


class MailServer:
    def __init__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.taken = []
        self.start()

    def start(self):
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self):
        if self._controller:
            self._controller.stop(no_assert=True)
        self._controller = None

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address == BAD:
            return f"550 5.1.1 <{address}> is nobody here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.taken.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"

    @property
    def receivers(self):
        return [message["To"] for message in self.taken]


def text(message):
    return message.get_body(["plain"]).get_content().replace("\r\n", "\n")
