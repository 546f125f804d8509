package io.millrace.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The network between a client and the exchange: bytes arrive a while after they were sent, in both directions. */
public final class SlowWire implements AutoCloseable {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final URI target;
    private final long delayNs;
    private final ServerSocket listener;
    private final List<Socket> sockets = Collections.synchronizedList(new ArrayList<>());

    private static final class Chunk {
        private final long dueNs;
        private final byte[] bytes;

        Chunk(long dueNs, byte[] bytes) {
            this.dueNs = dueNs;
            this.bytes = bytes;
        }
    }

    public SlowWire(URI target, long delayMs) throws IOException {
        this.target = target;
        this.delayNs = TimeUnit.MILLISECONDS.toNanos(delayMs);
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** Returns the target's address with this wire's port in place of its own. */
    public URI uri() {
        return URI.create(target.getScheme() + "://" + listener.getInetAddress().getHostAddress() + ":"
                + listener.getLocalPort() + target.getPath());
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket server = new Socket(target.getHost(), target.getPort());
                sockets.add(client);
                sockets.add(server);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                carry(client, server);
                carry(server, client);
            }
        } catch (IOException e) {
            close();
        }
    }

    private void carry(Socket from, Socket to) {
        Deque<Chunk> chunks = new ArrayDeque<>();
        Thread writer = start(() -> write(chunks, to));
        start(() -> read(from, chunks, writer));
    }

    private void read(Socket from, Deque<Chunk> chunks, Thread writer) {
        byte[] buffer = new byte[CHUNK_BYTES];
        int length = 0;
        while (length >= 0) {
            try {
                InputStream in = from.getInputStream();
                length = in.read(buffer);
            } catch (IOException e) {
                length = -1;
            }
            synchronized (chunks) {
                byte[] bytes = length < 0 ? null : Arrays.copyOf(buffer, length);
                chunks.addLast(new Chunk(System.nanoTime() + delayNs, bytes));
            }
            LockSupport.unpark(writer);
        }
    }

    private static void write(Deque<Chunk> chunks, Socket to) {
        try (to) {
            OutputStream out = to.getOutputStream();
            while (true) {
                Chunk next;
                synchronized (chunks) {
                    next = chunks.peekFirst();
                }
                long waitNs = next == null ? Long.MAX_VALUE : next.dueNs - System.nanoTime();
                if (waitNs > 0) {
                    LockSupport.parkNanos(waitNs);
                    continue;
                }
                synchronized (chunks) {
                    chunks.removeFirst();
                }
                if (next.bytes == null) {
                    return;
                }
                out.write(next.bytes);
            }
        } catch (IOException e) {
            // The other side is gone, which its own reader notices.
        }
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task, "slow-wire");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : List.copyOf(sockets)) {
                socket.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException("a loopback socket cannot be closed", e);
        }
    }
}
