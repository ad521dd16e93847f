from base64 import b64encode

from django import forms
from django.core.files.base import ContentFile
from django.db import models
from django.db.models.fields.files import ImageFieldFile
from django.utils.translation import gettext_lazy as _

from images.pictures import COVER, MAIN, Picture

ACCEPTED = "image/jpeg,image/png,image/webp"  # a phone that has another kind converts it
HELP = _("JPEG, PNG or WebP, at most 10 MB. Where and when it was taken is removed.")


class PictureFormField(forms.FileField):
    """Answers with a `Picture`: nothing of the uploaded file itself is ever kept."""

    def __init__(self, *, shape, **kwargs):
        super().__init__(**kwargs)
        self.shape = shape

    def to_python(self, data):
        upload = super().to_python(data)
        return upload and Picture.of_upload(upload, self.shape)

    def bound_data(self, data, initial):
        """After an error the form shows the picture that is still there."""
        return initial

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"accept": ACCEPTED}


class PictureFieldFile(ImageFieldFile):
    @property
    def is_stored(self):
        return self._committed

    @property
    def url(self):
        """A picture that is not stored, as in the preview of a form, travels in the page itself."""
        if self.is_stored:
            return super().url
        return f"data:image/{MAIN};base64,{b64encode(self.open().read()).decode()}"

    def save(self, name, content, save=True):
        for sibling, data in getattr(content, "siblings", {}).items():
            path = self.field.generate_filename(self.instance, sibling)
            self.storage.save(path, ContentFile(data))
        super().save(name, content, save)


class PictureField(models.ImageField):
    attr_class = PictureFieldFile

    def __init__(self, *args, shape=COVER, **kwargs):
        super().__init__(*args, **kwargs)
        self.shape = shape

    def deconstruct(self):
        """To the database, the migrations and the history it is any column of file names."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.ImageField", args, kwargs

    def formfield(self, **kwargs):
        # The uploaded name is not kept, so it may be as long as it likes.
        own = {"form_class": PictureFormField, "shape": self.shape, "help_text": HELP}
        return super().formfield(**own | kwargs | {"max_length": None})
