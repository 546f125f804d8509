package io.millrace.gateway.transport;

import io.netty.util.concurrent.FastThreadLocalThread;

/**
 * Threads to run a gateway's agents on. They may run on any, but only on threads of Netty's own kind does Netty keep what it
 * needs for a write and use it again; on others each message that is sent costs an object of 64 bytes.
 */
public final class LoopThreads {
    private LoopThreads() {}

    /**
     * Makes a thread.
     *
     * @param task that it runs.
     * @return not started.
     */
    public static Thread newThread(Runnable task) {
        return new FastThreadLocalThread(task);
    }
}
