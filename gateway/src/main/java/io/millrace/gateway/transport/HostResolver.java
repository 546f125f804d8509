package io.millrace.gateway.transport;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Finds addresses of hosts without holding up the loop: asking the name service blocks, so a thread of its own does it and
 * hands the answer back. Of several addresses each attempt takes the next. Literal addresses are answered at once.
 *
 * <p><b>Thread:</b> called on the loop's thread, answers there.
 */
public final class HostResolver implements AutoCloseable {
    private final FeedLoop loop;
    private final ExecutorService executor;
    private int attempts;

    /**
     * Makes a resolver.
     *
     * @param loop whose thread gets the answers.
     */
    public HostResolver(FeedLoop loop) {
        this.loop = loop;
        this.executor = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "millrace-resolver");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Finds an address.
     *
     * @param host name or literal address.
     * @param port of the service.
     * @param answer receives the address, or null if the host has none.
     */
    public void resolve(String host, int port, Consumer<InetSocketAddress> answer) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(bare);
        try {
            if (literal != null) {
                answer.accept(new InetSocketAddress(InetAddress.getByAddress(bare, literal), port));
                return;
            }
            int attempt = attempts++;
            executor.execute(() -> {
                InetSocketAddress found = lookUp(bare, port, attempt);
                loop.execute(() -> answer.accept(found));
            });
        } catch (UnknownHostException | RejectedExecutionException e) {
            answer.accept(null);
        }
    }

    /** Stops the resolver's thread; look-ups under way are abandoned. */
    @Override
    public void close() {
        executor.shutdownNow();
    }

    private static InetSocketAddress lookUp(String host, int port, int attempt) {
        try {
            InetAddress[] all = InetAddress.getAllByName(host);
            return new InetSocketAddress(all[Math.floorMod(attempt, all.length)], port);
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
