"""Sends Arrow arrays of every supported type through the echo library and compares. Exit 77: pyarrow is missing."""

import ctypes
import datetime
import decimal
import sys

try:
    import pyarrow as pa
except ImportError:
    print("pyarrow is not installed: skipped")
    sys.exit(77)

library = ctypes.CDLL(sys.argv[1])
library.hammerscale_arrow_echo.argtypes = [ctypes.c_void_p, ctypes.c_void_p]


def echo(batches, schema):
    sent = (ctypes.c_char * 256)()
    received = (ctypes.c_char * 256)()
    pa.RecordBatchReader.from_batches(schema, batches)._export_to_c(ctypes.addressof(sent))
    if library.hammerscale_arrow_echo(ctypes.addressof(sent), ctypes.addressof(received)) != 0:
        raise SystemExit("the echo failed")
    return pa.RecordBatchReader._import_from_c(ctypes.addressof(received)).read_all()


def dec(text):
    return decimal.Decimal(text)


LONG = "a text that does not fit into sixteen bytes"
UTC = datetime.timezone.utc
MOMENT = datetime.datetime(2020, 1, 2, 3, 4, 5, 678901)
# Values, the type sent, and the type that comes back (None: the same).
CASES = [
    ([None, None], pa.null(), None),
    ([True, None, False] * 30, pa.bool_(), None),
    ([-1, None, 127], pa.int8(), None),
    ([-1, None, 32767], pa.int16(), None),
    ([-1, None, 2**31 - 1], pa.int32(), None),
    ([-1, None, 2**63 - 1], pa.int64(), None),
    ([1, None, 255], pa.uint8(), pa.int16()),
    ([1, None, 65535], pa.uint16(), pa.int32()),
    ([1, None, 2**32 - 1], pa.uint32(), pa.int64()),
    ([1.5, None, -0.5], pa.float32(), None),
    ([1.5, None, float("inf")], pa.float64(), None),
    ([dec("1.50"), None, dec("-99999999.99")], pa.decimal128(10, 2), None),
    ([dec("12345678901234567890.123"), None], pa.decimal128(38, 3), None),
    (["a", None, "", LONG], pa.string(), None),
    (["a", None, "", LONG], pa.large_string(), pa.string()),
    (["a", None, "", LONG], pa.string_view(), pa.string()),
    ([b"a", None, b"", LONG.encode()], pa.binary(), None),
    ([b"abc", None, b"xyz"], pa.binary(3), pa.binary()),
    ([b"a", None, LONG.encode()], pa.binary_view(), pa.binary()),
    ([datetime.date(2020, 1, 2), None, datetime.date(1, 1, 1)], pa.date32(), None),
    ([datetime.date(2020, 1, 2), None, datetime.date(1960, 1, 1)], pa.date64(), pa.date32()),
    ([datetime.time(1, 2, 3), None], pa.time32("s"), pa.time64("ns")),
    ([datetime.time(1, 2, 3, 456789), None], pa.time64("us"), pa.time64("ns")),
    ([MOMENT, None], pa.timestamp("us"), None),
    ([MOMENT.replace(tzinfo=UTC), None], pa.timestamp("us", "UTC"), None),
    ([MOMENT.replace(microsecond=0), None], pa.timestamp("s"), pa.timestamp("us")),
    ([datetime.timedelta(days=1, microseconds=5), None], pa.duration("us"), None),
    ([datetime.timedelta(seconds=5), None], pa.duration("ms"), pa.duration("us")),
    ([pa.MonthDayNano([1, -2, 3000]), None], pa.month_day_nano_interval(), None),
    ([[1, None], None, [], [2]], pa.list_(pa.int32()), None),
    ([[1, None], None, [], [2]], pa.large_list(pa.int32()), pa.list_(pa.int32())),
    ([[1, 2], None, [3, 4]], pa.list_(pa.int32(), 2), pa.list_(pa.int32())),
    ([[["a"], [LONG, None]], None], pa.list_(pa.list_(pa.string())), None),
    ([[("a", 1), ("b", None)], None, []], pa.map_(pa.string(), pa.int64()), None),
    ([{"x": 1, "y": "a"}, None, {"x": None, "y": LONG}], pa.struct([("x", pa.int32()), ("y", pa.string())]), None),
    ([{"x": [{"z": dec("1.5")}]}, None], pa.struct([("x", pa.list_(pa.struct([("z", pa.decimal128(5, 1))])))]), None),
]

failures = 0


def check(what, actual, expected):
    global failures
    if actual != expected:
        failures += 1
        print(f"{what}: {actual} is not {expected}")


for values, sent, expected_type in CASES:
    array = pa.array(values, type=sent)
    wanted = pa.array(values, type=expected_type or sent)
    schema = pa.schema([("c", sent)])
    table = echo([pa.record_batch([array], schema=schema)], schema)
    check(f"type of {sent}", table.column(0).type, wanted.type)
    check(f"values of {sent}", table.column(0).to_pylist(), wanted.to_pylist())
    table.validate(full=True)
    # Sliced arrays have offsets, and several batches follow each other.
    sliced = [pa.record_batch([array.slice(1)], schema=schema), pa.record_batch([array.slice(0, 1)], schema=schema)]
    check(f"slices of {sent}", echo(sliced, schema).column(0).to_pylist(), wanted.to_pylist()[1:] + wanted.to_pylist()[:1])

for values in (["x", "y", "x"], ["x", None, LONG]):
    array = pa.array(values).dictionary_encode()
    schema = pa.schema([("c", array.type)])
    check("dictionary", echo([pa.record_batch([array], schema=schema)], schema).column(0).to_pylist(), values)

print(f"{len(CASES)} types, {failures} failures")
sys.exit(1 if failures else 0)
