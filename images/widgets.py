from django.contrib.admin.widgets import AdminFileWidget
from django.utils.html import format_html

from images.pictures import MAIN, files_of


class PictureInput(AdminFileWidget):
    """The file input of the admin below a small view of the picture that is there."""

    def render(self, name, value, attrs=None, renderer=None):
        field = super().render(name, value, attrs, renderer)
        if not self.is_initial(value):
            return field
        smallest = next(iter(files_of(value.name).get(MAIN, {}).values()), value.name)
        url = value.storage.url(smallest)
        return format_html('<div><img src="{}" alt="" height="112">{}</div>', url, field)
