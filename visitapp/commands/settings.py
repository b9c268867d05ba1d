"""Settings that all stores of an office share: what there is, is data (resources/settings.tsv)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from visitapp.errors import NotNow
from visitapp.resources import resource_path
from visitapp.store import records
from visitapp.store.store import Store


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: ``preset`` holds until it is set; ``label`` by language."""

    name: str
    preset: str
    label: dict[str, str]


@cache
def known_settings() -> tuple[Setting, ...]:
    """Every setting there is, in the order of the page."""
    with resource_path("settings.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple(Setting(row["name"], row["preset"], {"ja": row["ja"], "en": row["en"]}) for row in rows)


def settings(store: Store) -> dict[str, str]:
    """Name -> value, or what holds where nothing is set."""
    with store.read() as reader:
        stored = {setting.id: setting.value for setting in reader.find(records.Setting)}
    return {known.name: stored.get(known.name) or known.preset for known in known_settings()}


def change_settings(store: Store, values: Mapping[str, str], person: str) -> None:
    """Set them for the whole office; "" goes back to the preset. Raises NotNow E-206 for a name there is not."""
    known = {setting.name for setting in known_settings()}
    for name in values.keys() - known:
        raise NotNow("E-206", what="setting", id=name)
    with store.write(person) as writer:
        for name, value in values.items():
            writer.put(records.Setting, name, value=value or None)


def change_setting(store: Store, name: str, value: str, person: str) -> None:
    """``change_settings`` for one of them."""
    change_settings(store, {name: value}, person)
