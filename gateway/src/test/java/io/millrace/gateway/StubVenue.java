package io.millrace.gateway;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/** A server on the loopback that says exactly the bytes a test wants it to say; blocking sockets, a thread each. */
public final class StubVenue implements AutoCloseable {
    /** What a test answers to a request. */
    public record Reply(int status, String headers, String body) {
        public static Reply json(String json) {
            return new Reply(200, "", json);
        }

        public static Reply of(int status, String headers, String body) {
            return new Reply(status, headers, body);
        }
    }

    /** An upgrade that is never answered. */
    public static final Reply NO_ANSWER = Reply.of(0, "", "");

    /** A frame that the client sent, unmasked. */
    public static final class Frame {
        private final int opcode;
        private final byte[] payload;

        Frame(int opcode, byte[] payload) {
            this.opcode = opcode;
            this.payload = payload;
        }

        public int opcode() {
            return opcode;
        }

        public byte[] bytes() {
            return payload;
        }

        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    /** One upgraded connection. */
    public final class Peer {
        private final Socket socket;
        private final OutputStream out;
        public final String target;
        public final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
        public final List<String> subscribed = new CopyOnWriteArrayList<>();
        public volatile boolean isEnded;

        Peer(Socket socket, String target) throws IOException {
            this.socket = socket;
            this.out = socket.getOutputStream();
            this.target = target;
            if (target.contains("streams=")) {
                subscribed.addAll(
                        List.of(target.substring(target.indexOf("streams=") + 8).split("/")));
            }
        }

        public void raw(byte[] bytes) {
            try {
                synchronized (out) {
                    out.write(bytes);
                    out.flush();
                }
            } catch (IOException e) {
                isEnded = true;
            }
        }

        public void text(String text) {
            raw(frame(0x81, text.getBytes(StandardCharsets.UTF_8)));
        }

        public void ping(String payload) {
            raw(frame(0x89, payload.getBytes(StandardCharsets.UTF_8)));
        }

        public void cut() {
            try {
                socket.close();
            } catch (IOException e) {
                isEnded = true;
            }
        }

        void readFrames(InputStream in) {
            try {
                while (true) {
                    int first = read(in);
                    int second = read(in);
                    int length = second & 0x7F;
                    if (length == 126) {
                        length = read(in) << 8 | read(in);
                    } else if (length == 127) {
                        length = (int) ByteBuffer.wrap(in.readNBytes(8)).getLong();
                    }
                    if ((second & 0x80) == 0) {
                        throw new IOException("client frame is not masked");
                    }
                    byte[] mask = in.readNBytes(4);
                    byte[] payload = in.readNBytes(length);
                    for (int i = 0; i < payload.length; i++) {
                        payload[i] ^= mask[i & 3];
                    }
                    onFrame(new Frame(first & 0x0F, payload));
                }
            } catch (IOException e) {
                isEnded = true;
            }
        }

        private void onFrame(Frame frame) {
            if (!isForgetful) {
                frames.add(frame);
            }
            String reply = frame.opcode() == 1 ? onRequest.apply(frame.text()) : null;
            if (frame.opcode() == 1 && !isForgetful) {
                requests.add(frame.text());
            }
            if (reply != null) {
                text(reply);
            }
        }
    }

    private final ServerSocket server;
    private final Map<String, Function<String, Reply>> handlers = new ConcurrentHashMap<>();
    public final BlockingQueue<Peer> peers = new LinkedBlockingQueue<>();
    public final List<String> requests = new CopyOnWriteArrayList<>();
    public final List<String> restTargets = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** Keeps no frame and no request: for tests with very many of them. */
    public volatile boolean isForgetful;

    /** Answers a client's text; null for silence. By default every request is accepted. */
    public volatile Function<String, String> onRequest = StubVenue::accept;

    /** Answers an upgrade with something else; null to upgrade. */
    public volatile Function<String, Reply> onUpgrade = target -> null;

    /** Sent in one piece with the answer to the upgrade. */
    public volatile byte[] greeting = new byte[0];

    public StubVenue() {
        try {
            server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Thread acceptor = new Thread(this::accept, "stub-venue");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    public static String accept(String request) {
        int at = request.indexOf("\"id\":") + 5;
        if (at < 5) {
            return null;
        }
        int end = at;
        while (Character.isDigit(request.charAt(end))) {
            end++;
        }
        return "{\"result\":null,\"id\":" + request.substring(at, end) + "}";
    }

    public void on(String path, Function<String, Reply> handler) {
        handlers.put(path, handler);
    }

    public URI uri(String scheme, String path) {
        return URI.create(scheme + "://127.0.0.1:" + server.getLocalPort() + path);
    }

    public static byte[] frame(int first, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(first);
        if (payload.length < 126) {
            out.write(payload.length);
        } else if (payload.length <= 0xFFFF) {
            out.write(126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        } else {
            out.write(127);
            out.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        out.writeBytes(payload);
        return out.toByteArray();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                Thread thread = new Thread(() -> serve(socket), "stub-venue-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                String requestLine = line(in);
                Map<String, String> headers = new HashMap<>();
                for (String header = line(in); !header.isEmpty(); header = line(in)) {
                    int colon = header.indexOf(':');
                    headers.put(
                            header.substring(0, colon).toLowerCase(Locale.ROOT),
                            header.substring(colon + 1).trim());
                }
                String target = requestLine.substring(requestLine.indexOf(' ') + 1, requestLine.lastIndexOf(' '));
                if (headers.containsKey("sec-websocket-key")) {
                    Reply refusal = onUpgrade.apply(target);
                    if (NO_ANSWER.equals(refusal)) {
                        in.readAllBytes();
                        return;
                    }
                    if (refusal != null && refusal.status() > 0) {
                        write(socket, refusal);
                    }
                    if (refusal != null) {
                        return;
                    }
                    upgrade(socket, in, target, headers.get("sec-websocket-key"));
                    return;
                }
                restTargets.add(target);
                String path = target.contains("?") ? target.substring(0, target.indexOf('?')) : target;
                Function<String, Reply> handler = handlers.get(path);
                Reply reply = handler == null ? Reply.of(404, "", "{}") : handler.apply(target);
                if (reply == null) {
                    return;
                }
                write(socket, reply);
            }
        } catch (IOException e) {
            // The client went away, or the test ended.
        }
    }

    private void upgrade(Socket socket, InputStream in, String target, String key) throws IOException {
        String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + acceptFor(key) + "\r\n\r\n";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(answer.getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(greeting);
        socket.getOutputStream().write(bytes.toByteArray());
        Peer peer = new Peer(socket, target);
        peers.add(peer);
        peer.readFrames(in);
    }

    private static void write(Socket socket, Reply reply) throws IOException {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + reply.status() + " X\r\nContent-Length: " + body.length + "\r\n" + reply.headers()
                + "\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body);
        socket.getOutputStream().flush();
    }

    private static String acceptFor(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int b = read(in);
        while (b != '\n') {
            if (b != '\r') {
                line.append((char) b);
            }
            b = read(in);
        }
        return line.toString();
    }

    private static int read(InputStream in) throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException();
        }
        return b;
    }
}
