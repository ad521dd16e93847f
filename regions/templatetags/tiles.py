"""How the tile map is drawn."""

from django import template

register = template.Library()


@register.inclusion_tag("regions/_tile_map.html")
def tile_map(tiles):
    """Draw a `TileMap`; each tile leads to its address."""
    return {"map": tiles}
