"""Editors of the same listings and importers into their region, who note what they saw and did."""

import time
from html import unescape
from random import Random
from threading import Thread
from typing import Any, NamedTuple

from django.core import signing
from django.db import connection

from benchmarks.visiting import read_form
from benchmarks.vocabulary import invented
from transfers.models import Import

MOST_FILES = 8  # of one importer
TRIES = 12  # of one edit, each after another person was faster
CONFIRMED = "Terkonfirmasi: masih benar"
BUSY = "sedang menyimpan mitra ini"
MERGED = "Orang lain mengubah ini sementara itu"


class Edit(NamedTuple):
    """One accepted save: what it wanted to say, and what the editor had seen before."""

    editor: int
    listing: int
    seen: dict[str, Any]
    wanted: dict[str, Any]
    conflicts: int  # how often the form asked
    merged: bool  # what others changed meanwhile was kept


class Log:
    """What all of them did; lists are safe to append to from threads."""

    def __init__(self):
        self.edits, self.confirmed, self.moves, self.problems = [], [], [], []
        self.seconds, self.statuses = [], []
        self.busy = []  # listings that somebody else was saving for too long
        self.kills = []  # keys of imports, each time the worker was killed while it saved them


class Editor(Thread):
    def __init__(self, browser, user, scene, size, log):
        super().__init__(name=f"editor-{user}", daemon=True)
        self.browser, self.user, self.scene = browser, user, scene
        self.rounds, self.log = size.rounds, log
        self.random = Random(f"{size.seed}-{user}")  # noqa: S311

    def run(self):
        try:
            self._open("/kelola/mitra/")
            for number in range(self.rounds):
                act = self.random.choices(
                    [self.edit, self.confirm, self.archive_or_restore, self.confirm_many],
                    [80, 10, 6, 4],
                )[0]
                act(self.random.choice(self.scene.listings), f"{self.user}-{number}")
        except Exception as error:  # a thread has nobody to tell
            self.log.problems.append(f"{self.name}: {error!r}")

    # One listing

    def edit(self, listing, token):
        path = f"/kelola/mitra/{listing}/"
        fields, _choices = read_form(self._open(path), "listing-form")
        seen = self._base(fields, listing)
        wanted = self._change(fields, token)
        fields["aksi"] = self.random.choices(["simpan", "konfirmasi"], [80, 20])
        time.sleep(self.random.uniform(0, 0.4))  # typing
        conflicts = 0
        for _try in range(TRIES):
            answer = self.browser.post(path, fields)
            if answer.status == 503:  # nothing was done: send it again
                continue
            if answer.status == 302:
                self._note_accepted(listing, path, seen, wanted, conflicts, fields["aksi"])
                return
            button, (fields, choices) = fields["aksi"], read_form(answer, "listing-form")
            if choices:
                conflicts += 1
                seen = self._base(fields, listing)
                self._settle(answer, fields, choices, seen, wanted)
            elif BUSY in answer.text:
                self.log.busy.append(listing)
            elif "tetap" not in fields:
                self.log.problems.append(f"{self.name}: refused {answer.status} on {path}")
                return
            fields["aksi"] = button
        self.log.problems.append(f"{self.name}: {TRIES} conflicts in a row on {path}")

    def _note_accepted(self, listing, path, seen, wanted, conflicts, button):
        page = self._open(path).text
        edit = Edit(self.user, listing, seen, wanted, conflicts, MERGED in page)
        self.log.edits.append(edit)
        if button == ["konfirmasi"] and CONFIRMED in page:
            self.log.confirmed.append((self.user, listing))

    def _open(self, path):
        """Ask again while the site says that it is overloaded."""
        answers = (self.browser.get(path) for _try in range(TRIES))
        return next(answer for answer in answers if answer.status != 503)

    @staticmethod
    def _base(fields, listing):
        """Return the version that the form says it shows: {key: value}."""
        content = signing.loads(fields["base"][0], salt=f"listing-{listing}")
        offerings = content.pop("offerings")
        words = {f"offerings/{key}": row["description"] for key, row in offerings.items()}
        return content | words

    def _change(self, fields, token):
        """Type into one or two fields; return {key: what it shall say}."""
        numbers = "".join(character for character in token if character.isdigit())
        words = {
            "summary": f"Ringkasan {token}",
            "description": f"Uraian {token}",
            "address": f"Jalan {token}",
            "public_phone": f"+62 {self.user} {numbers}",
            "offering": f"Tawaran {token}",
        }
        wanted = {}
        for name in self.random.sample([*words], self.random.choice([1, 1, 2])):
            field = "offerings-0-description" if name == "offering" else name
            key = f"offerings/{fields['offerings-0-key'][0]}" if name == "offering" else name
            fields[field], wanted[key] = [words[name]], words[name]
        if self.random.random() < 0.2:
            wanted["subsectors"] = self._toggle(fields)
        return wanted

    def _toggle(self, fields):
        chosen = {int(pk) for pk in fields.get("subsectors", [])} ^ {
            self.random.choice(self.scene.subsectors)
        }
        fields["subsectors"] = [str(pk) for pk in chosen]
        return sorted(chosen)

    def _settle(self, answer, fields, choices, seen, wanted):
        """Choose for each field that two changed; who gives way wants it no more."""
        text = unescape(answer.text)
        for name in choices:
            key = name.removeprefix("pilih-")
            theirs = seen.get(key)
            if isinstance(theirs, str) and theirs not in text:
                self.log.problems.append(f"{self.name}: {key} was not shown before a choice")
            fields[name] = [self.random.choice(["mine", "theirs"])]
            if fields[name] == ["theirs"]:
                wanted.pop(key, None)

    # What is done with one tap

    def confirm(self, listing, _token):
        self.browser.post(f"/kelola/mitra/{listing}/konfirmasi/", {})
        if CONFIRMED in self._open(f"/kelola/mitra/{listing}/").text:
            self.log.confirmed.append((self.user, listing))

    def archive_or_restore(self, listing, _token):
        for act in ("arsipkan", "pulihkan"):
            self.browser.post(f"/kelola/mitra/{listing}/{act}/", {})
            self.log.moves.append((self.user, listing, act))
            time.sleep(self.random.uniform(0, 0.3))

    def confirm_many(self, _listing, _token):
        """Bulk: in no order, as somebody ticks them."""
        listings = self.scene.listings
        some = self.random.sample(listings, min(3, len(listings)))
        self.browser.post("/kelola/mitra/sekaligus/", {"mitra": some, "aksi": "konfirmasi"})


class Importer(Thread):
    """Brings a file, looks at the check and saves it; another file, until one was killed."""

    def __init__(self, browser, number, scene, size, log):
        super().__init__(name=f"importer-{number}", daemon=True)
        self.browser, self.number, self.scene = browser, number, scene
        self.size, self.log = size, log

    def run(self):
        try:
            for file in range(MOST_FILES):
                key = self.bring(self.number * MOST_FILES + file)
                if key in self.log.kills or not self.size.kills:
                    return
        except Exception as error:
            self.log.problems.append(f"{self.name}: {error!r}")
        finally:
            connection.close()

    def bring(self, number):
        """Return the key of the import, which is done then."""
        self.browser.get("/kelola/impor/")
        content = self._content(number)
        answer = self.browser.upload("/kelola/impor/", "berkas", f"{number}.csv", content)
        key = int(answer.location.strip("/").rpartition("/")[2])
        self._until(key, {"ready"})
        self.browser.get(answer.location)
        self.browser.post(f"{answer.location}simpan/", {"terbit": "ya"})
        self._until(key, {"done", "ready"})
        return key

    def _content(self, number):
        """Known listings with another text, by their ID, then new ones."""
        words = invented(Random(number))  # noqa: S311
        column = ["Ringkasan", "Alamat", "Keterangan"][number % 3]
        lines = [f"ID,Nama,Peran,Jenis,Kab/Kota,{column}"]
        lines += [f"{pk},,,,,Impor {number} untuk {pk}" for pk in self.scene.listings]
        for row in range(self.size.rows):
            name = " ".join(next(words) for _word in range(3)).title()
            lines.append(f",{name} {number},Komunitas,Sanggar,{self.scene.region},Baru {row}")
        return "\n".join(lines)

    def _until(self, key, states):
        while Import.objects.values_list("state", flat=True).get(pk=key) not in states:
            self.browser.get(f"/kelola/impor/{key}/")
            time.sleep(0.3)
