"""A loopback server that streams numbered words at random paces, and remembers what reached it."""

import http.server
import json
import random
import threading
import time


def event(text):
    return b'data: {"choices":[{"index":0,"delta":{"content":' + json.dumps(text).encode() + b"}}]}\n\n"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        messages = [message.get("content") for message in request["messages"]]
        with self.server.lock:
            self.server.reached.setdefault(messages[-1], messages)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            for piece in getattr(self, request["model"])(messages[-1]):
                self.wfile.write(piece)
            self.wfile.write(b'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n')
        except OSError:
            pass  # the client was killed

    def quick(self, question):
        """Forty words that no other answer has, now and then with a breath between them."""
        tag = question.split()[-3] if " of " in question else "x"
        for number in range(40):
            yield event(f"{tag}w{number} ")
            if random.random() < 0.3:
                time.sleep(random.random() * 0.006)

    def short(self, question):
        yield event("one ")
        yield event("two ")

    def pausing(self, question):
        """Words, some of them many, with long breaths: what came must be on the disk also while nothing comes."""
        for number, pause in enumerate([0.1, 1.4, 0.3, 1.6]):
            yield b"".join(event(f"p{number}-{word} ") for word in range(600 if number == 2 else 5))
            time.sleep(pause)

    def do_GET(self):
        body = b'{"object":"list","data":[{"id":"short"}]}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.lock = threading.Lock()
        self.reached = {}  # what was said last -> all that was sent with it
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request, client_address):
        pass  # a client that was killed resets its connection, which is no news
