package io.millrace.gateway.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDomainSocketChannelConfig;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Netty's event loop driven by hand: {@link #run()} does what is ready and returns. What a socket delivers is therefore
 * handled on the caller's stack, with no queue between the kernel and the decoder.
 *
 * <p><b>Thread:</b> the thread that made it is the only one that may use it, but for {@link #execute}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // How a write or a close ends, the channel's end tells.
public final class FeedLoop implements AutoCloseable {
    private final ManualIoEventLoop loop;
    private final Class<? extends SocketChannel> channelClass;
    private final boolean isNative;
    private final boolean isPrompt;

    /**
     * Makes a loop that the calling thread owns.
     *
     * @param isNativePreferred whether to use epoll where the machine has it.
     */
    public FeedLoop(boolean isNativePreferred) {
        this(isNativePreferred, false);
    }

    /**
     * Makes a loop that the calling thread owns.
     *
     * @param isNativePreferred whether to use epoll where the machine has it.
     * @param isPrompt whether a socket takes next to nothing while its peer takes nothing, so that what must not leave late
     *     does not wait in the kernel; needs epoll.
     */
    public FeedLoop(boolean isNativePreferred, boolean isPrompt) {
        this.isPrompt = isPrompt;
        isNative = isNativePreferred && Epoll.isAvailable();
        channelClass = isNative ? EpollSocketChannel.class : NioSocketChannel.class;
        loop = new ManualIoEventLoop(
                Thread.currentThread(), isNative ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        loadTheEnd();
    }

    /** The first connection that ends would load classes (some 60 kB and a pause, in the midst of trading): let one end now. */
    private void loadTheEnd() {
        Channel channel = bootstrap(Duration.ofSeconds(1))
                .handler(new ChannelInboundHandlerAdapter())
                .register()
                .channel();
        loop.runNow();
        channel.close();
        loop.runNow();
        if (isNative) {
            // Netty asks whether a channel's settings are of this kind when a peer ends its half.
            Objects.requireNonNull(EpollDomainSocketChannelConfig.class);
        }
    }

    /** Does all I/O and tasks that are ready, without waiting; returns how many there were. */
    public int run() {
        return loop.runNow();
    }

    /** Hands a task to the loop's thread, unless the loop is closed already; any thread may. */
    public void execute(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            // Closed: whatever the task would have done for a connection is over with it.
        }
    }

    /** Returns whether the loop runs on epoll. */
    public boolean isNative() {
        return isNative;
    }

    /**
     * Returns a client bootstrap on this loop.
     *
     * @param connectTimeout of the TCP connection.
     * @return to be given a handler and an address.
     */
    public Bootstrap bootstrap(Duration connectTimeout) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(channelClass)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) connectTimeout.toMillis());
        if (isPrompt && isNative) {
            bootstrap.option(EpollChannelOption.TCP_NOTSENT_LOWAT, 1L);
        }
        return bootstrap;
    }

    /** Closes all channels and the loop; waits two seconds at the most. */
    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        while (!loop.isTerminated() && System.nanoTime() < deadlineNs) {
            loop.runNow();
        }
    }
}
