"""Places on the sphere. A point is "latitude longitude [altitude [accuracy]]" in degrees, a trace or shape points
with semicolons between them (ODK XForms specification, data types)."""

from __future__ import annotations

import math
from itertools import pairwise

from visitapp.questionnaire.expressions.environment import Context
from visitapp.questionnaire.expressions.failure import ExpressionError
from visitapp.questionnaire.expressions.functions_text import texts_of
from visitapp.questionnaire.expressions.registry import function
from visitapp.questionnaire.expressions.values import Value, text_number, to_text

RADIUS = 6_378_100.0
"""Metres; the radius that ODK's programs share."""

Point = tuple[float, float]


def _points(values: tuple[Value, ...], context: Context) -> list[Point] | None:
    """Latitude and longitude of each point; None when anything is no place or there is nothing."""
    pieces = [piece for text in texts_of(values) for piece in text.strip().rstrip(";").split(";")]
    points = [_point(piece, context) for piece in pieces]
    known = [point for point in points if point is not None]
    return known if known and len(known) == len(points) else None


def _point(text: str, context: Context) -> Point | None:
    numbers = [text_number(part, context.environment.timezone) for part in text.split()]
    if not 2 <= len(numbers) <= 4 or any(math.isnan(number) for number in numbers):
        return None
    latitude, longitude = numbers[:2]
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


@function("area", 1, 1)
def _area(context: Context, shape: Value) -> Value:
    """Square metres inside the shape, closed or not, to two decimals; 0 for what is no shape."""
    points = _points((shape,), context)
    if points is None or len(points) < 3:
        return 0.0
    total = 0.0
    for (lat1, lon1), (lat2, lon2) in zip(points, points[1:] + points[:1], strict=True):
        total += math.radians(lon2 - lon1) * (2 + math.sin(math.radians(lat1)) + math.sin(math.radians(lat2)))
    return round(abs(total * RADIUS * RADIUS / 2), 2)


@function("distance", 1, None)
def _distance(context: Context, *values: Value) -> Value:
    """Metres along the points, to two decimals. Raises ExpressionError (E-122) for anything but places."""
    points = _points(values, context)
    if points is None:
        raise ExpressionError("E-122", text=" ".join(texts_of(values)))
    return round(math.fsum(_leg(start, end) for start, end in pairwise(points)), 2)


def _leg(start: Point, end: Point) -> float:
    """The great circle by the haversine formula."""
    lat1, lat2 = math.radians(start[0]), math.radians(end[0])
    half_lat, half_lon = (lat2 - lat1) / 2, math.radians(end[1] - start[1]) / 2
    square = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
    return 2 * RADIUS * math.asin(min(1.0, math.sqrt(square)))


@function("geofence", 2, 2)
def _geofence(context: Context, place: Value, shape: Value) -> Value:
    """Whether the point is inside the closed shape; false for anything that is no point or no closed shape."""
    point = _points((to_text(place),), context)
    corners = _points((to_text(shape),), context)
    if point is None or corners is None or len(corners) < 4 or corners[0] != corners[-1]:
        return False
    latitude, longitude = point[0]
    inside = False
    for (lat1, lon1), (lat2, lon2) in pairwise(corners):
        if (lat1 > latitude) != (lat2 > latitude):
            crossing = lon1 + (latitude - lat1) * (lon2 - lon1) / (lat2 - lat1)
            inside ^= longitude < crossing
    return inside


@function("intersects", 1, 1)
def _intersects(context: Context, shape: Value) -> Value:
    """Whether the trace or shape crosses itself; sides that follow each other meet without crossing."""
    points = _points((shape,), context) or []
    sides = list(pairwise(points))
    closed = len(points) > 2 and points[0] == points[-1]
    for first in range(len(sides)):
        for second in range(first + 2, len(sides)):
            neighbours = closed and first == 0 and second == len(sides) - 1
            if not neighbours and _cross(sides[first], sides[second]):
                return True
    return False


def _cross(first: tuple[Point, Point], second: tuple[Point, Point]) -> bool:
    (a, b), (c, d) = first, second
    turns = (_turn(a, b, c), _turn(a, b, d), _turn(c, d, a), _turn(c, d, b))
    if turns[0] * turns[1] < 0 and turns[2] * turns[3] < 0:
        return True
    ends = ((a, b, c), (a, b, d), (c, d, a), (c, d, b))
    return any(turn == 0 and _on(*end) for turn, end in zip(turns, ends, strict=True))


def _turn(a: Point, b: Point, c: Point) -> float:
    """Above 0 when the way from a over b to c bends left, 0 on a line."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _on(a: Point, b: Point, c: Point) -> bool:
    """Whether c, known to lie on the line through a and b, lies between them."""
    return min(a[0], b[0]) <= c[0] <= max(a[0], b[0]) and min(a[1], b[1]) <= c[1] <= max(a[1], b[1])
