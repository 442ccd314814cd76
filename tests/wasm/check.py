"""Calls the WebAssembly module from a host without JavaScript, as `bindings-wasm` describes: `check.py MODULE`."""

import json
import struct
import sys
from pathlib import Path

import wasmtime

ROOT = Path(__file__).resolve().parents[2]
NONE = 0xFFFFFFFF
# The senders whose samples are tried.
SENDERS = ["claimport", "coverkit", "github", "kasko", "mycover", "standard-webhooks", "stripe"]
ROUNDS = 20_000


def field(content: "bytes | str | list | None") -> bytes:
    if content is None:
        return struct.pack("<I", NONE)
    if isinstance(content, list):
        content = b"".join(map(field, content))
    if isinstance(content, str):
        content = content.encode()
    return struct.pack("<I", len(content)) + content


class Module:
    def __init__(self, path: str) -> None:
        engine = wasmtime.Engine()
        self.store = wasmtime.Store(engine)
        module = wasmtime.Module.from_file(engine, path)
        assert not module.imports, "the module asks the host for something"
        self.exports = wasmtime.Instance(self.store, module, []).exports(self.store)
        self.memory = self.exports["memory"]

    def call(self, name: str, *arguments: "int | float") -> int:
        return self.exports[f"hookseal_{name}"](self.store, *arguments)

    def put(self, content: bytes) -> "tuple[int, int]":
        start = self.call("alloc", len(content))
        self.memory.write(self.store, content, start)
        return start, len(content)

    def free(self, *places: "tuple[int, int]") -> None:
        for start, length in places:
            self.call("free", start, length)
            # The allocator writes at both ends of what is free.
            assert not any(self.memory.read(self.store, start + 32, max(start + 32, start + length - 8))), "it was not wiped"

    def results(self) -> "list[bytes | None]":
        start = self.call("result")
        message = bytes(self.memory.read(self.store, start, start + self.call("result_len")))
        fields, at = [], 0
        while at < len(message):
            (length,) = struct.unpack_from("<I", message, at)
            at += 4
            fields.append(None if length == NONE else message[at : at + length])
            at += 0 if length == NONE else length
        return fields

    def webhook(self, provider: str, secrets: "list[str]") -> int:
        place = self.put(b"".join(map(field, [provider, None, None, None, secrets, None])))
        handle = self.call("webhook", 0, *place)
        assert handle, self.results()
        self.free(place)
        return handle

    def verify(self, webhook: int, body: bytes, headers: "list[list[str]]", now: float) -> "tuple[int, list[bytes | None]]":
        placed = []
        for name, value in headers:
            text = self.put(name.encode())
            place = self.call("place_of", webhook, *text)
            self.free(text)
            if place >= 0:
                placed += [bytes([place]), value]
        head = self.put(b"".join(map(field, [None, None, None, placed])))
        given = self.put(body)
        status = self.call("verify", webhook, *head, *given, now)
        results = self.results()
        self.free(head, given)
        return status, results


def main(path: str) -> None:
    module = Module(path)
    tried = 0
    last = None
    for sender in SENDERS:
        for file in sorted((ROOT / "core/providers" / sender / "samples").glob("*.json")):
            sample = json.loads(file.read_text())
            webhook = module.webhook(sender, sample["secrets"])
            body, now = sample["body"].encode(), sample.get("now", 0) * 1000.0
            status, results = module.verify(webhook, body, sample["headers"], now)
            assert status in (1, 2), (file, results)
            assert results[0] == sample["expect"]["event"]["type"].encode(), (file, results)
            status, results = module.verify(webhook, body + b" 1", sample["headers"], now)
            assert (status, results[0]) == (0, b"signature_mismatch"), (file, results)
            last = webhook, body, sample["headers"], now
            tried += 1
    assert tried >= 41, tried
    webhook, body, headers, now = last
    before = module.memory.size(module.store)
    for _ in range(ROUNDS):
        module.verify(webhook, body, headers, now)
    assert module.memory.size(module.store) == before, "the memory has grown"
    print(f"{tried} samples verified and refused without JavaScript; after {ROUNDS} more the memory is {before * 64} KiB as before")


if __name__ == "__main__":
    main(sys.argv[1])
