"""What a person at a browser does, over real HTTP: open a page, fill in its form, send it."""

import time
from html.parser import HTMLParser
from http.client import HTTPConnection
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import uuid4

PATIENCE = 180  # seconds until a request is given up


class Answer(NamedTuple):
    status: int
    location: str
    text: str


class Browser:
    """One signed-in person; the log gets the seconds and the status of each request."""

    def __init__(self, address, cookies, log):
        self.address, self.cookies, self.log = address, dict(cookies), log

    def get(self, path):
        return self._ask("GET", path)

    def post(self, path, fields):
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(self._signed(fields), doseq=True), headers)

    def upload(self, path, name, file_name, content):
        boundary = uuid4().hex
        token = self._signed({})["csrfmiddlewaretoken"]
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"'
            f"\r\n\r\n{token}\r\n",
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; '
            f'filename="{file_name}"\r\nContent-Type: text/csv\r\n\r\n{content}\r\n',
            f"--{boundary}--\r\n",
        ]
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        return self._ask("POST", path, "".join(parts), headers)

    def _signed(self, fields):
        return {**fields, "csrfmiddlewaretoken": self.cookies["csrftoken"]}

    def _ask(self, method, path, body=None, headers=()):
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection = HTTPConnection(self.address, timeout=PATIENCE)
        start = time.perf_counter()
        try:
            connection.request(
                method, path, body and body.encode(), {**dict(headers), "Cookie": cookies}
            )
            response = connection.getresponse()
            text = response.read().decode(errors="replace")
        finally:
            connection.close()
        self.log.seconds.append(time.perf_counter() - start)
        self.log.statuses.append(response.status)
        for header in response.headers.get_all("Set-Cookie", []):
            name, _equals, value = header.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(response.status, response.headers.get("Location", ""), text)


class FormReader(HTMLParser):
    """Reads one form of a page as a browser would send it, without pressing a button."""

    def __init__(self, form_id):
        super().__init__()
        self.form_id, self.fields, self.choices = form_id, {}, set()
        self._inside, self._templates = False, 0
        self._text = self._select = None

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "form":
            self._inside = told.get("id") == self.form_id
        elif tag == "template":
            self._templates += 1
        if self._inside and not self._templates:
            reader = getattr(self, f"_read_{tag}", None)
            if reader:
                reader(told)

    def _read_input(self, told):
        kind, name = told.get("type", "text"), told.get("name")
        if kind == "radio" and name:
            self.choices.add(name)
        ticked = kind not in {"radio", "checkbox"} or "checked" in told
        if name and ticked and kind not in {"file", "submit"}:
            self.fields.setdefault(name, []).append(told.get("value") or "")

    def _read_textarea(self, told):
        self._text = (told.get("name"), [])

    def _read_select(self, told):
        self._select = told.get("name")
        self.fields[self._select] = []

    def _read_option(self, told):
        chosen = self.fields[self._select]
        if "selected" in told:
            chosen[:] = [told.get("value", "")]
        elif not chosen:
            chosen.append(told.get("value", ""))

    def handle_data(self, data):
        if self._text:
            self._text[1].append(data)

    def handle_endtag(self, tag):
        if tag == "template":
            self._templates -= 1
        elif tag == "form":
            self._inside = False
        elif tag == "textarea" and self._text:
            name, parts = self._text
            self.fields[name] = ["".join(parts).removeprefix("\n")]
            self._text = None


def read_form(answer, form_id):
    """Return ({name: values}, names of the choices to make) of a form."""
    reader = FormReader(form_id)
    reader.feed(answer.text)
    reader.close()
    return reader.fields, reader.choices
