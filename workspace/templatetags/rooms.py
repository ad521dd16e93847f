from django import template

from workspace.rooms import GROUPS, room_of

register = template.Library()


@register.inclusion_tag("workspace/_nav.html")
def rooms(request):
    return {"request": request, "user": request.user, "groups": GROUPS, **_here(request)}


@register.inclusion_tag("workspace/_rooms.html")
def rooms_beside(request):
    """The other rooms of the group, where there are any."""
    return _here(request)


def _here(request):
    group, room = room_of(request.path)
    return {"group": group, "room": room}
