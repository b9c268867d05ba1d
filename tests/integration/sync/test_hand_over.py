"""Hand-over between real stores: what arrives, what is refused, what heals."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.sync.conftest import PASSPHRASE, Office
from visitapp.errors import VisitappError
from visitapp.store.records import Company, Device, Opinion, Package, Receipt
from visitapp.store.store import Store, open_store, restore_store
from visitapp.sync.enrolment import accept, invite
from visitapp.sync.handin import pack, pack_return, unreceipted
from visitapp.sync.inbox import MergeResult, Refused, import_all, import_package, inspect, packages_in
from visitapp.sync.keys import peers


def add_company(store: Store, record: str, name: str) -> None:
    with store.write("staff") as writer:
        writer.put(Company, record, name=name)


def name_at(store: Store, record: str) -> str | None:
    with store.read() as reader:
        company = reader.get(Company, record)
    return company.name if company else None


def handed(path: str | None) -> Path:
    assert path
    return Path(path)


def code_of(call: object, *arguments: object) -> str:
    with pytest.raises(VisitappError) as caught:
        call(*arguments)  # type: ignore[operator]
    return caught.value.code


def test_a_laptops_changes_arrive_and_come_back_as_receipt(office: Office) -> None:
    laptop = office.laptop("laptop-01")
    add_company(laptop, "c1", "株式会社見本")
    package = pack(laptop, office.stick, "staff")
    assert unreceipted(laptop) > 0

    result = import_package(office.headquarters, handed(package.path), "admin")
    assert result.verdict == "imported"
    assert result.after["company"] == result.before["company"] + 1
    assert name_at(office.headquarters, "c1") == "株式会社見本"

    answer = pack_return(office.headquarters, laptop.device, office.stick, "admin")
    import_package(laptop, handed(answer.path), "staff")
    assert unreceipted(laptop) == 0
    with laptop.read() as reader:
        assert [p.status for p in reader.find(Package, direction="out")] == ["receipted"]
        assert [r.result for r in reader.find(Receipt, direction="in")] == ["imported"]
    assert code_of(pack, laptop, office.stick, "staff") == "E-426"


def test_the_enrolled_laptop_starts_with_what_headquarters_has(office: Office) -> None:
    add_company(office.headquarters, "c1", "本部の企業")
    laptop = office.laptop("laptop-01")
    assert name_at(laptop, "c1") == "本部の企業"
    import_package(office.headquarters, handed(pack(laptop, office.stick, "staff").path), "admin")
    with office.headquarters.read() as reader:
        assert {device.code for device in reader.find(Device)} == {"本部", "laptop-01"}
        assert [known.code for known in peers(reader)] == ["laptop-01"]


def test_a_doubled_package_changes_nothing(office: Office) -> None:
    laptop = office.laptop("laptop-01")
    add_company(laptop, "c1", "一度だけ")
    path = handed(pack(laptop, office.stick, "staff").path)
    first, second = (import_package(office.headquarters, path, "admin") for _ in range(2))
    assert (first.verdict, second.verdict) == ("imported", "again")
    assert second.new_changes == 0
    assert second.before == second.after == first.after


def test_a_lost_package_is_healed_by_the_next(office: Office) -> None:
    laptop = office.laptop("laptop-01")
    add_company(laptop, "c1", "失われた号の中身")
    handed(pack(laptop, office.stick, "staff").path).unlink()
    add_company(laptop, "c2", "次の号の中身")
    import_package(office.headquarters, handed(pack(laptop, office.stick, "staff").path), "admin")
    assert name_at(office.headquarters, "c1") == "失われた号の中身"
    assert name_at(office.headquarters, "c2") == "次の号の中身"


def test_two_laptops_that_edit_the_same_field_make_a_conflict_with_both_values(office: Office) -> None:
    add_company(office.headquarters, "c1", "元の名前")
    one, two = office.laptop("laptop-01"), office.laptop("laptop-02")
    add_company(one, "c1", "一台目の名前")
    add_company(two, "c1", "二台目の名前")
    paths = [handed(pack(store, office.stick, "staff").path) for store in (two, one)]
    results = [import_package(office.headquarters, path, "admin") for path in paths]
    assert [len(result.conflicts) for result in results] == [0, 1]
    with office.headquarters.read() as reader:
        (conflict,) = reader.conflicts()
    assert {change.value for change in conflict.changes} == {'"一台目の名前"', '"二台目の名前"'}

    with office.headquarters.write("admin") as writer:
        settled = writer.settle(conflict, "二台目の名前")
    for store in (one, two):
        back = pack_return(office.headquarters, store.device, office.stick, "admin")
        import_package(store, handed(back.path), "staff")
        assert name_at(store, "c1") == "二台目の名前"
        with store.read() as reader:
            assert reader.conflicts() == []
    with office.headquarters.write("admin") as writer:
        assert len(writer.unsettle(settled.id).changes) == 2


def test_different_fields_merge_without_conflict(office: Office) -> None:
    with office.headquarters.write("admin") as writer:
        writer.put(Company, "c1", name="見本", phone="03-0000-0000", employees=5)
    one, two = office.laptop("laptop-01"), office.laptop("laptop-02")
    with one.write("staff-01") as writer:
        writer.put(Company, "c1", phone="03-0000-1111")
    with two.write("staff-02") as writer:
        writer.put(Company, "c1", employees=8)
    for store in (one, two):
        result = import_package(office.headquarters, handed(pack(store, office.stick, "staff").path), "admin")
        assert result.conflicts == ()
    with office.headquarters.read() as reader:
        company = reader.get(Company, "c1")
    assert company is not None and (company.phone, company.employees) == ("03-0000-1111", 8)


def test_deleting_against_editing_is_a_conflict_that_keeps_the_text(office: Office) -> None:
    with office.headquarters.write("admin") as writer:
        writer.put(Opinion, "o1", text="元の意見", category="区に期待する施策等について")
    one, two = office.laptop("laptop-01"), office.laptop("laptop-02")
    with one.write("staff-01") as writer:
        writer.delete(Opinion, "o1")
    with two.write("staff-02") as writer:
        writer.put(Opinion, "o1", text="書き足した意見")
    for store in (one, two):
        import_package(office.headquarters, handed(pack(store, office.stick, "staff").path), "admin")
    with office.headquarters.read() as reader:
        (conflict,) = reader.conflicts()
    assert conflict.kind == "deleted"
    assert '"書き足した意見"' in {change.value for change in conflict.changes}


def test_a_batch_in_any_order_with_a_foreign_file_is_taken_in_as_far_as_it_goes(office: Office) -> None:
    laptop = office.laptop("laptop-01")
    for number in range(3):
        add_company(laptop, f"c{number}", f"企業{number}")
        pack(laptop, office.stick, "staff")
    (office.stick / "laptop-01-本部-9999.visitpkg").write_bytes(b"not a package")
    results = import_all(office.headquarters, list(reversed(packages_in(office.stick))), "admin")
    refused = [result for result in results if isinstance(result, Refused)]
    assert [one.error.code for one in refused] == ["E-401"]
    assert len([one for one in results if isinstance(one, MergeResult)]) == 3
    assert name_at(office.headquarters, "c2") == "企業2"


def test_a_package_waits_when_headquarters_was_restored_from_an_older_backup(office: Office) -> None:
    laptop = office.laptop("laptop-01")
    add_company(laptop, "c0", "控えの前")
    import_package(office.headquarters, handed(pack(laptop, office.stick, "staff").path), "admin")
    copy = office.headquarters.backup("test")
    add_company(laptop, "c1", "控えの後")
    import_package(office.headquarters, handed(pack(laptop, office.stick, "staff").path), "admin")
    back = pack_return(office.headquarters, laptop.device, office.stick, "admin")
    import_package(laptop, handed(back.path), "staff")
    assert unreceipted(laptop) == 0

    office.headquarters.close()
    restore_store(office.folder / "hq", copy, PASSPHRASE)
    restored = open_store(office.folder / "hq", PASSPHRASE)
    office.stores.append(restored)
    assert name_at(restored, "c1") is None
    add_company(laptop, "c2", "さらに後")
    path = handed(pack(laptop, office.stick, "staff").path)
    assert inspect(restored, path).verdict == "waiting"
    assert code_of(import_package, restored, path, "admin") == "E-412"

    # Headquarters says how far it is; the laptop then packs again from there, and nothing is missing.
    back = pack_return(restored, laptop.device, office.stick, "admin")
    import_package(laptop, handed(back.path), "staff")
    import_package(restored, handed(pack(laptop, office.stick, "staff").path), "admin")
    assert [name_at(restored, record) for record in ("c1", "c2")] == ["控えの後", "さらに後"]
    assert import_package(restored, path, "admin").new_changes == 0


@pytest.mark.parametrize("cut", [0, 5, 40, 400, -1])
def test_a_cut_package_is_refused_and_nothing_is_written(office: Office, cut: int) -> None:
    laptop = office.laptop("laptop-01")
    add_company(laptop, "c1", "切れた号")
    path = handed(pack(laptop, office.stick, "staff").path)
    path.write_bytes(path.read_bytes()[:cut])
    assert code_of(import_package, office.headquarters, path, "admin") in {"E-401", "E-402", "E-404"}
    assert name_at(office.headquarters, "c1") is None
    with office.headquarters.read() as reader:
        assert reader.find(Package) == []


def test_any_flipped_byte_is_noticed(office: Office) -> None:
    laptop = office.laptop("laptop-01")
    add_company(laptop, "c1", "書きかえられた号")
    path = handed(pack(laptop, office.stick, "staff").path)
    data = path.read_bytes()
    for place in range(0, len(data), max(1, len(data) // 60)):
        path.write_bytes(data[:place] + bytes([data[place] ^ 0x20]) + data[place + 1 :])
        assert code_of(import_package, office.headquarters, path, "admin").startswith("E-4")
    path.write_bytes(data)
    assert import_package(office.headquarters, path, "admin").verdict == "imported"


def test_a_package_of_another_office_is_refused(office: Office, tmp_path: Path) -> None:
    stranger = Office(tmp_path / "stranger")
    try:
        laptop = stranger.laptop("laptop-01")
        add_company(laptop, "c1", "よその号")
        path = handed(pack(laptop, stranger.stick, "staff").path)
        assert code_of(inspect, office.headquarters, path) == "E-408"
    finally:
        stranger.close()


def test_an_invitation_serves_one_device_only(office: Office) -> None:
    enrolment = invite(office.headquarters, "laptop-01", "admin")
    one, two = office.make("one", "laptop"), office.make("two", "laptop")
    for store in (one, two):
        accept(store, enrolment.data, enrolment.code, "staff")
        add_company(store, store.device, "企業")
    import_package(office.headquarters, handed(pack(one, office.stick, "staff").path), "admin")
    second = handed(pack(two, office.stick, "staff").path)
    assert code_of(import_package, office.headquarters, second, "admin") == "E-409"


def test_enrolment_says_what_is_wrong(office: Office) -> None:
    laptop = office.make("laptop", "laptop")
    enrolment = invite(office.headquarters, "laptop-01", "admin")
    assert code_of(pack, laptop, office.stick, "staff") == "E-425"
    assert code_of(accept, laptop, enrolment.data, "0000-0000-0000", "staff") == "E-424"
    assert code_of(accept, laptop, b"something else", enrolment.code, "staff") == "E-423"
    assert code_of(accept, office.headquarters, enrolment.data, enrolment.code, "staff") == "E-421"
    assert code_of(invite, laptop, "laptop-02", "staff") == "E-420"
    assert accept(laptop, enrolment.data, enrolment.code.lower(), "staff") == "laptop-01"
