"""The template tag that draws a chart: {% load charts %}{% chart flow %}. Named in the settings' TEMPLATES."""

from typing import Final

from django.template import Library
from django.utils.safestring import SafeString

from registry.admin.charts import BarChart, LineChart, StackedChart, draw_bars, draw_lines, draw_stack
from registry.admin.maps import PlaceMap, draw_map

register: Final = Library()
Chart = BarChart | StackedChart | LineChart | PlaceMap


@register.simple_tag
def chart(drawing: Chart) -> SafeString:
    """Draw a chart of any kind."""
    return draw(drawing)


def draw(drawing: Chart) -> SafeString:
    """Draw a chart of any kind."""
    if isinstance(drawing, BarChart):
        return draw_bars(drawing)
    if isinstance(drawing, PlaceMap):
        return draw_map(drawing)
    return draw_stack(drawing) if isinstance(drawing, StackedChart) else draw_lines(drawing)
