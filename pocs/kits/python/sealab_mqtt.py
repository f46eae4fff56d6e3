"""Sealab over MQTT: the same detector, for a program on another machine, in a notebook, or in a live run.

    sealab.run(Detector)                                # where SEALAB_MQTT holds the address that Sealab shows
    sealab.run(Detector, "mqtt://user:password@host:1883?client=mine&topic=sealab/v1/open/run/...")

It needs paho-mqtt (Debian: python3-paho-mqtt; else: pip install paho-mqtt). Python 3.8 or newer.
"""

import datetime
import hashlib
import json
import queue
import re
import socket
import ssl
import urllib.parse

try:
    import paho.mqtt.client as paho
except ImportError:
    raise SystemExit("To play over MQTT, this program needs paho-mqtt: install Debian's python3-paho-mqtt, or pip install paho-mqtt")

import sealab

EPOCH = datetime.datetime(1970, 1, 1)
MILLISECOND = datetime.timedelta(milliseconds=1)
SIGNATURE = re.compile(r',"sig":\{[^{}]*\}')  # no text holds this: its quotation marks would be escaped
CONNECT_S = 10  # for the broker to answer


def run(detector, address):
    """Join the run at an address and play in it until it is over. Returns why it failed; None: it is whole."""
    link = _Link(address)
    try:
        return _Program(link).play(detector)
    finally:
        link.close()


class _Link:
    """A connection to the broker. What is heard waits in a queue, so that a long step does not cut the connection."""

    def __init__(self, address):
        url = urllib.parse.urlsplit(address)
        query = urllib.parse.parse_qs(url.query)
        if url.scheme not in ("mqtt", "mqtts", "ws", "wss") or "client" not in query or "topic" not in query:
            raise SystemExit("Want an address as Sealab shows it, such as mqtt://host:1883?client=mine&topic=sealab/v1/..., got: %s" % address)
        self.name, self.root = query["client"][0], query["topic"][0] + "/"
        self.inbox = queue.SimpleQueue()
        self.client = _client("websockets" if url.scheme in ("ws", "wss") else "tcp")
        if url.scheme in ("mqtts", "wss"):
            self.client.tls_set_context(ssl.create_default_context())
        if url.scheme in ("ws", "wss"):
            self.client.ws_set_options(path=url.path or "/mqtt")
        if url.username:
            self.client.username_pw_set(urllib.parse.unquote(url.username), urllib.parse.unquote(url.password or ""))
        self.client.on_socket_open = _at_once
        self.client.on_connect = lambda client, data, flags, code, *more: self.inbox.put(("connected", code))
        self.client.on_subscribe = lambda *more: self.inbox.put(("subscribed", None))
        self.client.on_disconnect = lambda *more: self.inbox.put(("lost", None))
        self.client.on_message = lambda client, data, message: self.inbox.put((message.topic, message.payload))
        self.client.connect(url.hostname, url.port or {"mqtt": 1883, "mqtts": 8883, "ws": 80, "wss": 443}[url.scheme])
        self.client.loop_start()
        if self.wait_for("connected") != 0:
            raise SystemExit("The broker does not let %s in: take the address of this run" % self.name)
        self.client.subscribe([(self.root + branch, 1) for branch in ("hello", "tick", "bye", "seal/+/+", "notice/+")])
        self.wait_for("subscribed")

    def wait_for(self, what):
        """Wait for an answer of the broker."""
        while True:
            try:
                got, value = self.inbox.get(timeout=CONNECT_S)
            except queue.Empty:
                raise SystemExit("The broker does not answer") from None
            if got == what:
                return value
            if got == "lost":
                raise SystemExit("The connection to the broker is lost")

    def hear(self):
        """The next message: what comes after the run's root, the topic in full, and the payload."""
        topic, payload = self.inbox.get()
        if topic == "lost":
            raise SystemExit("The connection to the broker is lost")
        return topic[len(self.root):], topic, payload

    def say(self, branch, message):
        text = json.dumps({"client": self.name, **message}, separators=(",", ":"))
        return self.client.publish(self.root + branch, text, qos=1)

    def close(self):
        self.client.on_disconnect = None
        self.client.disconnect()
        self.client.loop_stop()


def _at_once(client, data, sock):
    """Send small packets at once: else each tick waits for 40 ms, twice, until the other side has acknowledged the one before."""
    if hasattr(sock, "setsockopt"):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _client(transport):
    if hasattr(paho, "CallbackAPIVersion"):  # paho-mqtt 2
        return paho.Client(paho.CallbackAPIVersion.VERSION2, transport=transport)
    return paho.Client(transport=transport)


class _Program:
    """The conversation: join, hello, ready, and then tick by tick."""

    def __init__(self, link):
        self.link = link
        self.roll = _Roll()
        self.manifests = []  # that wait: in a live run the next one may come first
        self.rows = []  # of the tick so far

    def play(self, detector):
        self.link.say("ack", {"protocol": sealab.PROTOCOL})
        hello = self.hello()
        if hello["protocol"] != sealab.PROTOCOL:
            raise SystemExit("Sealab speaks version %s of the protocol, this file version %s" % (hello["protocol"], sealab.PROTOCOL))
        self.live = hello["live"]
        self.hears = detector(hello)
        self.fields = {kind: list(names) for kind, names in self.hears.FIELDS.items()}
        self.paths = {kind: [_path(name, hello["times"].get(kind, ())) for name in names] for kind, names in self.fields.items()}
        self.link.say("ack", {"protocol": sealab.PROTOCOL, "form": hello["forms"][0], "fields": self.fields})
        while True:
            branch, topic, payload = self.link.hear()
            if branch == "bye":
                return json.loads(payload)["reason"] or None
            if branch == "tick":
                self.manifests.append(json.loads(payload))
                self.roll.ask(self.manifests[-1]["events"])
            elif branch.startswith(("seal/", "notice/")):
                self.roll.hear(topic, payload)
            while self.manifests and (self.roll.missing == 0 or self.live and len(self.manifests) > 1):
                self.part(self.manifests.pop(0))

    def hello(self):
        """Sealab's greeting; where seals sign and are many, their keys come in several parts."""
        parts = {}
        while True:
            branch, _, payload = self.link.hear()
            if branch == "bye":
                raise SystemExit("The run was over before it began: %s" % json.loads(payload)["reason"])
            if branch != "hello":
                continue
            message = json.loads(payload)
            if message["client"] == self.link.name:
                parts[message.get("part", 1)] = message
            if 1 in parts and len(parts) == parts[1].get("parts", 1):
                return {**parts[1], "keys": {kid: key for part in parts.values() for kid, key in part["keys"].items()}}

    def part(self, manifest):
        """A tick, or a part of it, was heard: in full, or in a live run as far as it came."""
        for entry in manifest["events"]:
            payload = self.roll.take(entry)
            kind = "notice" if "/notice/" in entry["topic"] else "reading"
            if payload is not None and kind in self.fields:
                self.rows.append(self.row(kind, entry, payload))
        duplicates = self.roll.clear(before=2 if self.live else None)
        answer = {"tick": manifest["tick"]}
        if duplicates:
            answer["duplicates"] = duplicates
        if manifest.get("part", 0) < manifest.get("parts", 0):
            self.link.say("ack", {**answer, "part": manifest["part"]})
            return
        batch = sealab.Batch({"tick": manifest["tick"], "now": _ms(manifest["now"]), "events": self.rows}, self.fields)
        self.rows = []
        said = list(self.hears.step(batch) or ())
        for number, finding in enumerate(said, 1):
            self.link.say("finding", {"tick": manifest["tick"], "number": number, **finding})
        self.link.say("ack", {**answer, "findings": len(said)})

    def row(self, kind, entry, payload):
        row, message = {"type": kind, "n": entry["n"]}, json.loads(payload)
        for name, (keys, convert) in zip(self.fields[kind], self.paths[kind]):
            value = message
            if name == "at":
                value = entry["at"]
            elif name == "signed":
                value = _signed(payload) if "sig" in message or "prev" in message else None
            for key in keys:
                value = value.get(key) if value is not None else None
            if value is not None and value != "":
                row[name] = convert(value)
        return row


def _path(name, times):
    """How to find a field in a message, and what to make of its value there."""
    if name == "at":
        return (), _ms
    if name == "signed":
        return (), str
    below = [time[len(name) + 1:] for time in times if time.startswith(name + ".")]
    if below:
        return name.split("."), lambda items: [{key: _ms(v) if key in below else v for key, v in item.items()} for item in items]
    return name.split("."), _ms if name in times else lambda value: value


def _signed(payload):
    """The text that a signature is over: the message without sig."""
    return SIGNATURE.sub("", payload.decode(), count=1)


def _ms(text):
    """Milliseconds since 1970 of a time in RFC 3339, UTC."""
    return (datetime.datetime.fromisoformat(text[:-1]) - EPOCH) // MILLISECOND


class _Roll:
    """What was heard, against what manifests name: by topic and SHA-256, counting copies."""

    def __init__(self):
        self.roles = {}  # (topic, sum): [copies heard less copies asked for, payload, tick in which it was last met]
        self.missing = self.ticks = 0

    def hear(self, topic, payload):
        role = self.roles.setdefault((topic, hashlib.sha256(payload).hexdigest()), [0, None, self.ticks])
        role[0] += 1
        role[1:] = payload, self.ticks
        if role[0] <= 0:
            self.missing -= 1

    def ask(self, events):
        for entry in events:
            role = self.roles.setdefault((entry["topic"], entry["sha256"]), [0, None, self.ticks])
            role[0] -= 1
            role[2] = self.ticks
            if role[0] < 0:
                self.missing += 1

    def take(self, entry):
        """The payload of an entry; None: it was not heard, and is not waited for any more."""
        role = self.roles.get((entry["topic"], entry["sha256"]), [0, None])
        if role[0] < 0:
            role[0] += 1
            self.missing -= 1
        return role[1]

    def clear(self, before=None):
        """Forget everything, or what is older than so many ticks; returns how many copies were left over."""
        self.ticks += 1
        gone = {key for key, role in self.roles.items() if before is None or role[2] < self.ticks - before}
        extra = sum(max(0, self.roles[key][0]) for key in gone)
        self.roles = {key: role for key, role in self.roles.items() if key not in gone}
        return extra
