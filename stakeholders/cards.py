"""The listings that a search found, in the order asked for, a page at a time."""

from django.db.models import Case, F, When

from stakeholders.models import Stakeholder


class Cards:
    """A slice is a list of listings with all that a card shows."""

    def __init__(self, search):
        """Take a `StakeholderFilter`."""
        self.search = search

    def __len__(self):
        return min(self.search.total, self.search.most_rows)

    def __getitem__(self, wanted):
        pks = list(self._pks(wanted.start or 0, wanted.stop))
        cards = {card.pk: card for card in Stakeholder.objects.filter(pk__in=pks).for_cards()}
        found = [cards[pk] for pk in pks if pk in cards]
        for card in found if self.search.place else []:
            card.distance_km = self.search.distances[card.region_id]
        return found

    def _pks(self, start, stop):
        search = self.search
        match search.order:
            case "terdekat":
                return self._nearest(start, stop)
            case "terbaru":
                newest = F("verified_at").desc(nulls_last=True)
                entries = search.narrowed().order_by(newest, "pk")
            case "nama":
                entries = search.narrowed().order_by("stakeholder__name", "pk")
            case _ if not search.is_narrowed():
                return search.everything.best[start:stop]
            case _:
                return search.narrowed("q").ranked(search.search, start, stop)
        return entries.values_list("pk", flat=True)[start:stop]

    def _nearest(self, start, stop):
        """Read only the regions that the page is about: how many rows each has is known."""
        passed, regions = 0, []
        for region in self.search.distances:
            rows = self.search.by_region.get(region, 0)
            if rows and not regions and passed + rows <= start:
                passed += rows
            elif rows:
                regions.append((region, rows))
            if passed + sum(rows for _region, rows in regions) >= stop:
                break
        steps = [When(region=region, then=i) for i, (region, _rows) in enumerate(regions)]
        entries = self.search.narrowed().filter(region__in=[region for region, _rows in regions])
        entries = entries.best_first()
        entries = entries.order_by(Case(*steps), *entries.query.order_by)
        return entries.values_list("pk", flat=True)[start - passed : stop - passed]
