"""The hexagon tile map of all regions (docs/adr/0010-tile-map.md)."""
