#!/usr/bin/env python3
"""Places, queries and cancels an order at the simulated exchange, and hears of it on the private stream.

    tools/millrace exchange --scenario docs/examples/scenario.yaml --json > venue.json &
    python3 docs/examples/order_client.py venue.json

Needs nothing but the standard library of Python 3.8 or later. The protocol is Binance's: with other addresses and keys the same
code talks to the venue.
"""

import base64
import hashlib
import hmac
import json
import os
import socket
import ssl
import struct
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from decimal import ROUND_FLOOR, Decimal

SYMBOL = "BTCUSDT"
TIMEOUT_S = 60


class Rest:
    """Requests over HTTP, signed with HMAC-SHA256."""

    def __init__(self, base, key, secret, tls):
        self.base, self.key, self.secret, self.tls = base, key, secret.encode(), tls
        self.offset_ms = 0
        self.offset_ms = self.call("GET", "/fapi/v1/time")["serverTime"] - int(time.time() * 1000)

    def call(self, method, path, signed=False, **parameters):
        if signed:
            parameters["timestamp"] = int(time.time() * 1000) + self.offset_ms
            # The widest window, so that a busy machine is not late; a bot that means now asks for less.
            parameters["recvWindow"] = 60000
        query = urllib.parse.urlencode(parameters)
        if signed:
            # Signed is exactly what is sent, still encoded.
            query += "&signature=" + hmac.new(self.secret, query.encode(), hashlib.sha256).hexdigest()
        request = urllib.request.Request(
            self.base + path + ("?" + query if query else ""), method=method, headers={"X-MBX-APIKEY": self.key})
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_S, context=self.tls) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            # The venue's own words: {"code": -2011, "msg": "..."}
            raise RuntimeError(f"{method} {path}: {refused.code} {refused.read().decode()}") from None


class Stream:
    """A WebSocket that is read, with the little of RFC 6455 that this takes."""

    def __init__(self, url, tls):
        address = urllib.parse.urlsplit(url)
        self.socket = socket.create_connection((address.hostname, address.port), timeout=TIMEOUT_S)
        if address.scheme == "wss":
            self.socket = tls.wrap_socket(self.socket, server_hostname=address.hostname)
        key = base64.b64encode(os.urandom(16)).decode()
        target = address.path + ("?" + address.query if address.query else "")
        self.socket.sendall(
            (f"GET {target} HTTP/1.1\r\nHost: {address.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
             f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n").encode())
        self.file = self.socket.makefile("rb")
        status = self.file.readline()
        if b" 101 " not in status:
            raise RuntimeError(f"no WebSocket at {url}: {status}")
        while self.file.readline() not in (b"\r\n", b""):
            pass

    def read(self):
        """Returns the next message; answers pings on the way."""
        while True:
            head = self.file.read(2)
            if len(head) < 2:
                raise RuntimeError("the connection was cut")
            length = head[1] & 0x7F
            if length == 126:
                length = struct.unpack("!H", self.file.read(2))[0]
            elif length == 127:
                length = struct.unpack("!Q", self.file.read(8))[0]
            payload = self.file.read(length)
            opcode = head[0] & 0x0F
            if opcode == 1:
                return json.loads(payload)
            if opcode == 8:
                raise RuntimeError("the exchange closed the connection")
            if opcode == 9:
                self.send(10, payload)

    def send(self, opcode, payload):
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
        self.socket.sendall(bytes([0x80 | opcode, 0x80 | len(payload)]) + mask + masked)


def wait_for(stream, event, **fields):
    """Reads until an event of a kind, whose order has these fields, comes."""
    while True:
        message = stream.read()
        if message.get("e") == event and all(message.get("o", {}).get(k) == v for k, v in fields.items()):
            return message


def main(venue_file):
    with open(venue_file, encoding="utf-8") as file:
        venue = json.loads(file.readline())
    key = next(k for k in venue["accounts"][0]["keys"] if k["type"] == "HMAC" and k["permission"] == "trade")
    tls = ssl.create_default_context(cafile=venue["certificate"]) if venue["certificate"] else None
    rest = Rest(venue["addresses"]["rest"], key["key"], key["secret"], tls)

    contract = next(c for c in rest.call("GET", "/fapi/v1/exchangeInfo")["symbols"] if c["symbol"] == SYMBOL)
    filters = {f["filterType"]: f for f in contract["filters"]}
    tick = Decimal(filters["PRICE_FILTER"]["tickSize"])
    bid = Decimal(rest.call("GET", "/fapi/v1/ticker/bookTicker", symbol=SYMBOL)["bidPrice"])
    price = (bid * Decimal("0.98") / tick).to_integral_value(ROUND_FLOOR) * tick

    listen_key = rest.call("POST", "/fapi/v1/listenKey")["listenKey"]
    private = Stream(venue["addresses"]["private"] + "/ws/" + listen_key, tls)
    market = Stream(venue["addresses"]["public"] + "/ws/" + SYMBOL.lower() + "@bookTicker", tls)
    print("market", market.read()["e"])

    order = {"symbol": SYMBOL, "newClientOrderId": "python-1"}
    placed = rest.call("POST", "/fapi/v1/order", True, side="BUY", type="LIMIT", timeInForce="GTX", quantity="0.010",
                       price=str(price), **order)
    print("placed", placed["status"], placed["price"] == str(price))
    print("stream", wait_for(private, "ORDER_TRADE_UPDATE", c="python-1", x="NEW")["o"]["X"])
    print("queried", rest.call("GET", "/fapi/v1/order", True, symbol=SYMBOL, orderId=placed["orderId"])["status"])
    print("canceled", rest.call("DELETE", "/fapi/v1/order", True, symbol=SYMBOL, orderId=placed["orderId"])["status"])
    print("stream", wait_for(private, "ORDER_TRADE_UPDATE", c="python-1", x="CANCELED")["o"]["X"])

    try:
        rest.call("DELETE", "/fapi/v1/order", True, symbol=SYMBOL, orderId=placed["orderId"])
    except RuntimeError as refused:
        print("refused", "-2011" in str(refused))

    rest.call("POST", "/fapi/v1/order", True, symbol=SYMBOL, side="BUY", type="MARKET", quantity="0.010",
              newClientOrderId="python-2")
    print("stream", wait_for(private, "ORDER_TRADE_UPDATE", c="python-2", X="FILLED")["o"]["x"])
    position = next(p for p in rest.call("GET", "/fapi/v3/positionRisk", True) if p["symbol"] == SYMBOL)
    print("position", position["positionAmt"])
    rest.call("POST", "/fapi/v1/order", True, symbol=SYMBOL, side="SELL", type="MARKET", quantity="0.010",
              reduceOnly="true", newClientOrderId="python-3")
    print("stream", wait_for(private, "ORDER_TRADE_UPDATE", c="python-3", X="FILLED")["o"]["x"])

    # The venue's worst answer: nobody knows what has become of the order. Never place it again before asking by its own id.
    fault = {"kind": "UNKNOWN_503", "method": "order.place", "account": venue["accounts"][0]["name"], "executes": "ALWAYS"}
    urllib.request.urlopen(urllib.request.Request(
        venue["addresses"]["control"] + "/faults", json.dumps(fault).encode(), method="POST"), context=tls).close()
    try:
        rest.call("POST", "/fapi/v1/order", True, symbol=SYMBOL, side="BUY", type="LIMIT", timeInForce="GTX",
                  quantity="0.010", price=str(price), newClientOrderId="python-4")
    except RuntimeError as unknown:
        print("unknown", " 503 " in str(unknown))
    order = rest.call("GET", "/fapi/v1/order", True, symbol=SYMBOL, origClientOrderId="python-4")
    print("queried", order["status"])
    rest.call("DELETE", "/fapi/v1/allOpenOrders", True, symbol=SYMBOL)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python3 order_client.py VENUE_JSON, what `tools/millrace exchange --scenario F --json` prints")
    main(sys.argv[1])
