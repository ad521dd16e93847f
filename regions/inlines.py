"""Inlines whose autocompletes name what is chosen in all rows at once, not row by row."""

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple


class NamedChoices:
    """For autocompletes: `names` are those of the rows chosen so far, {key: name}."""

    names = {}

    def optgroups(self, name, value, attrs=None):
        keys = [key for key in value if key]
        if not self.names.keys() >= set(keys):  # just chosen, in a form with errors
            return super().optgroups(name, value, attrs)
        empty = [] if self.allow_multiple_selected else [("", "", not keys)]
        choices = [*empty, *((key, self.names[key], True) for key in keys)]
        options = [self.create_option(name, *each, i) for i, each in enumerate(choices)]
        return [(None, options, 0)]


class NamedSelect(NamedChoices, AutocompleteSelect):
    pass


class NamedSelectMultiple(NamedChoices, AutocompleteSelectMultiple):
    pass


class NamingInline:
    """Goes before Django's inline; the number of rows does not matter to the number of queries."""

    extra = 0

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in self.autocomplete_fields:
            select = NamedSelectMultiple if db_field.many_to_many else NamedSelect
            kwargs["widget"] = select(db_field, self.admin_site)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        # Who may only look gets no fields.
        for name in formset.form.base_fields.keys() & set(self.autocomplete_fields):
            if obj:
                rows = self.model.objects.filter(**{formset.fk.name: obj})
                widget = formset.form.base_fields[name].widget.widget
                widget.names = self._names(name, rows)
        return formset

    def _names(self, field_name, rows):
        chosen = self.model._meta.get_field(field_name).related_model.objects
        return {str(each.pk): str(each) for each in chosen.filter(pk__in=rows.values(field_name))}
