import csv
import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from regions.csv import BYTE_ORDER_MARK, safe_cell
from stakeholders.models import Stakeholder
from transfers.exporting import listing_table
from transfers.files.writing import save_workbook

EVERY = 1000  # rows between two words of progress


class Command(BaseCommand):
    help = "Give out all listings with their private fields, as CSV or XLSX by the file's name."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, help="CSV to the terminal without it")
        parser.add_argument("--region", action="append", help="only of this region, by its slug")

    def handle(self, *, file, region, **options):
        listings = Stakeholder.objects.all()
        if region:
            listings = listings.filter(region__slug__in=region)
        header, rows = listing_table(listings)
        rows = self._told(rows)
        if file is None:
            self._write(sys.stdout, header, rows)
        elif file.suffix.lower() == ".xlsx":
            save_workbook(file, [("Data", header, rows)])
        else:
            with file.open("w", encoding="utf-8", newline="") as opened:
                opened.write(BYTE_ORDER_MARK)
                self._write(opened, header, rows)

    def _write(self, opened, header, rows):
        writer = csv.writer(opened)
        writer.writerow(header)
        writer.writerows([safe_cell(cell) for cell in row] for row in rows)

    def _told(self, rows):
        count = 0
        for count, row in enumerate(rows, start=1):
            yield row
            if count % EVERY == 0:
                self.stderr.write(str(count), ending="\r")
        self.stderr.write(str(count))
