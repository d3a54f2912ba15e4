"""Briefs at an address: the bytes of a folder, found again, made again where an upload broke off."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import boto3
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from production.machines import files, objects, results, stored
from reportkit.errors import OutputError
from reportkit.production.batch import run
from reportkit.production.outputs import Held, LocalOutputs, folder_of, is_address, open_outputs
from reportkit.production.remote import RemoteOutputs, _written
from reportkit.production.request import Request
from reportkit.production.runfolder import last_request
from reportkit.store import EMBEDDED

REQUEST = Request(places=("12071", "12", "Guam"), formats=("json", "html"))
LEE = "fl/lee-county/2026-05-18"
DAY = "2026-05-18"


@pytest.fixture(scope="module")
def bucket():
    with objects() as address:
        yield address


@pytest.fixture
def memory():
    MemoryFileSystem.store.clear()
    yield RemoteOutputs("memory://shelf/briefs/")
    MemoryFileSystem.store.clear()


@pytest.fixture
def broken(monkeypatch):
    """After so many files, no other can be written."""

    def after(count):
        whole, done = MemoryFileSystem.pipe_file, []

        def pipe_file(self, path, value, **options):
            if len(done) >= count:
                raise PermissionError("Access Denied")
            done.append(path)
            return whole(self, path, value, **options)

        monkeypatch.setattr(MemoryFileSystem, "pipe_file", pipe_file)

    return after


def test_objects_hold_what_a_folder_would_and_are_found_again(bucket, tmp_path):
    request = replace(REQUEST, out=f"{bucket}/news/2026/")
    done = run(request, jobs=1)
    assert set(results(done).values()) == {"made"}
    assert results(run(replace(REQUEST, out=str(tmp_path)), jobs=1)) == results(done)
    made = stored(prefix="news/2026/")
    assert made == files(tmp_path)
    assert sorted(made)[:3] == [
        f"fl/{place}/{DAY}/{name}"
        for place, name in (
            ("lee-county", "brief.html"),
            ("lee-county", "brief.json"),
            ("lee-county", "made.json"),
        )
    ]
    again = run(request, jobs=1)
    assert set(results(again).values()) == {"current"}
    found = last_request(request.out, open_outputs(request.out))
    assert found == replace(request, out=f"{bucket}/news/2026", store=str(EMBEDDED))

    # An upload that broke off leaves no record; one that was overwritten differs from it.
    client = boto3.client("s3")
    client.delete_object(Bucket="briefs", Key=f"news/2026/{LEE}/made.json")
    client.put_object(Bucket="briefs", Key=f"news/2026/gu/state/{DAY}/brief.json", Body=b"{}")
    mended = run(request, jobs=1)
    assert {item.geoid: item.why for item in mended.of("made")} == {
        "12071": ("not made yet",),
        "66": ("brief.json was changed since",),
    }
    assert stored(prefix="news/2026/") == made
    body = client.get_object(Bucket="briefs", Key="news/2026/run/manifest.json")["Body"]
    manifest = json.loads(body.read())
    assert manifest["counts"] == {"made": 2, "current": 1, "held": 0, "left": 0}
    assert b"nothing" not in json.dumps(manifest).encode()  # the secret key of these tests


@pytest.mark.parametrize(
    ("address", "environment", "reason"),
    [
        ("s3://elsewhere/briefs", {}, "bucket does not exist"),
        ("s3://briefs/x", {"AWS_ACCESS_KEY_ID": None, "AWS_SECRET_ACCESS_KEY": None}, "redential"),
    ],
)
def test_a_run_that_cannot_write_begins_nothing(
    bucket, monkeypatch, tmp_path, address, environment, reason
):
    import s3fs

    s3fs.S3FileSystem.clear_instance_cache()
    monkeypatch.setenv("HOME", str(tmp_path))
    for name, value in environment.items():
        monkeypatch.setenv(name, value) if value else monkeypatch.delenv(name)
    with pytest.raises(OutputError, match=reason) as caught:
        run(replace(REQUEST, out=address), jobs=1)
    assert str(caught.value).startswith(f"{address}")
    assert "credentials in the environment" in str(caught.value)
    s3fs.S3FileSystem.clear_instance_cache()
    assert [item["Name"] for item in boto3_buckets(monkeypatch)] == ["briefs"]


def boto3_buckets(monkeypatch):
    """The buckets that there are, whatever the environment lacks."""
    client = boto3.client("s3", aws_access_key_id="nobody", aws_secret_access_key="nothing")
    return client.list_buckets()["Buckets"]


def test_files_are_listed_once_and_read_and_written(memory, monkeypatch):
    memory.write(LEE, {"brief.json": b"{}", "made.json": b"[]"})
    memory.write("fl/lee-county/2026-04-01", {"made.json": b"[0]"})
    memory.write("run", {"manifest.json": b"[1]"})
    finds = []
    find = MemoryFileSystem.find
    monkeypatch.setattr(
        MemoryFileSystem, "find", lambda *a, **k: (finds.append(a), find(*a, **k))[1]
    )
    fresh = RemoteOutputs("memory://shelf/briefs")
    assert fresh.days("fl/lee-county") == ["2026-04-01", DAY]
    assert fresh.days("fl/bay-county") == []
    assert {name: held.size for name, held in fresh.held(LEE).items()} == {
        "brief.json": 2,
        "made.json": 2,
    }
    assert fresh.held(LEE)["made.json"].written > dt.datetime(2020, 1, 1).timestamp()
    assert fresh.held("fl/bay-county") == {}
    assert fresh.read(LEE, "made.json") == b"[]"
    assert len(finds) == 1


def test_a_failing_upload_is_an_error_and_leaves_no_record(memory, broken):
    broken(1)
    with pytest.raises(OutputError) as caught:
        memory.write(LEE, {"brief.json": b"{}", "brief.html": b"", "made.json": b"[]"})
    assert str(caught.value) == (
        f"memory://shelf/briefs/{LEE}: nothing can be written there: Access Denied. Check the "
        "address, the credentials in the environment and the right to write there, then run the "
        "same command again."
    )
    assert list(RemoteOutputs("memory://shelf/briefs").held(LEE)) == ["brief.json"]


def test_a_file_that_is_gone_is_an_error(memory):
    with pytest.raises(OutputError, match=f"^memory://shelf/briefs/{LEE}/made.json: cannot be rea"):
        memory.read(LEE, "made.json")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("ftp://ann:secret@example.org/briefs", "ftp://example.org/briefs"),
        ("s3://AKEY:se/cret@bucket/briefs", "s3://bucket/briefs"),
        ("ftp://ann:se@cret@example.org:21/x", "ftp://example.org:21/x"),
    ],
)
def test_a_password_is_refused_and_not_repeated(address, shown):
    with pytest.raises(OutputError) as caught:
        open_outputs(address)
    assert str(caught.value).startswith(f"{shown}: the address holds a password")
    assert "cret" not in str(caught.value)


def test_addresses_that_cannot_be_used_say_what_to_do():
    with pytest.raises(OutputError, match="lasts only as long as one process"):
        open_outputs("memory://briefs")
    with pytest.raises(OutputError, match="nosuch://briefs: cannot be used: Protocol not known"):
        open_outputs("nosuch://briefs")
    with pytest.raises(OutputError, match=r"not installed: .*gcsfs"):
        open_outputs("gs://briefs")


def test_a_file_address_is_a_folder(tmp_path):
    assert folder_of(f"file://{tmp_path}/my%20briefs") == f"{tmp_path}/my briefs"
    assert folder_of("s3://briefs/x") == "s3://briefs/x"
    assert folder_of("outputs") == "outputs"
    assert folder_of(f"local://{tmp_path}/x") == folder_of(f"file://localhost{tmp_path}/x")
    assert folder_of(f"local://{tmp_path}/x") == f"{tmp_path}/x"
    assert folder_of("local://outputs/x") == "outputs/x"
    assert not is_address("local:///x")
    assert not is_address("file:///x")
    done = run(
        replace(REQUEST, places=("12",), formats=("json",), out=f"file://{tmp_path}/out"), jobs=1
    )
    assert done.request.out == str(tmp_path / "out")
    assert isinstance(open_outputs(f"file://{tmp_path}/out"), LocalOutputs)
    assert sorted(files(tmp_path / "out")) == [
        f"fl/state/{DAY}/{name}" for name in ("brief.json", "made.json")
    ]


def test_an_address_has_one_name():
    assert folder_of("s3://briefs/x/") == folder_of("s3://briefs/x") == "s3://briefs/x"
    assert is_address("s3://briefs")
    assert folder_of("s3://") == "s3://"


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ({"LastModified": dt.datetime(2026, 5, 18, tzinfo=dt.UTC)}, 1779062400.0),
        ({"mtime": 12.5, "created": 9}, 12.5),
        ({"updated": "2026-05-18T00:00:00.000Z"}, 1779062400.0),
        ({"modify": "20260518000000"}, dt.datetime(2026, 5, 18).timestamp()),
        ({"mtime": None, "name": "x"}, 0.0),
    ],
)
def test_times_of_backends(told, seconds):
    assert _written(told) == seconds
    assert Held(1, _written(told)).written == seconds
