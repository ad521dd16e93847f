"""What a subscriber is told: the news of every search that is due."""

from typing import NamedTuple

from django.utils import timezone
from django.utils.functional import cached_property

from collaborations.models import SavedSearch
from collaborations.models.saved_search import SETTLED
from stakeholders.models import Stakeholder

MOST_LISTINGS = 10  # of one search


class News(NamedTuple):
    stakeholder: Stakeholder
    is_new: bool  # else it was public before and has been confirmed


class Section(NamedTuple):
    search: SavedSearch
    news: list[News]
    has_more: bool


class Digest:
    def __init__(self, subscriber):
        now = timezone.now()
        self.subscriber = subscriber
        self.until = now - SETTLED
        self._due = list(subscriber.searches.filter(due_at__lte=now))

    @property
    def searches(self):
        """The rows that this digest settles, also after their dates have changed."""
        return SavedSearch.objects.filter(pk__in=[search.pk for search in self._due])

    @property
    def language(self):
        """The one in which the reader asked last."""
        return self._due[-1].language

    @property
    def key(self):
        """The same if this digest is sent again; mail programs then show it once."""
        return f"digest-{self.subscriber.pk}-{min(s.due_at for s in self._due):%Y%m%d%H%M%S}"

    @cached_property
    def sections(self):
        """One for each search that has news, in the language in force."""
        return [section for section in map(self._section, self._due) if section.news]

    def _section(self, search):
        found = list(search.news(self.until)[: MOST_LISTINGS + 1])
        news = [News(each, each.published_at > search.seen_until) for each in found]
        return Section(search, news[:MOST_LISTINGS], len(found) > MOST_LISTINGS)
