package io.millrace.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The one buffer of a connection. Once the connection speaks WebSocket without TLS, the channel is handed this very buffer
 * for every read, so bytes go from the kernel to where the parser reads them, with no copy and no allocation. Until
 * then, and for TLS, the channel reads into buffers of its allocator and {@link #append} copies what came out of them.
 *
 * <p>One read a turn of the loop: the buffer is as large as a burst, and whoever has more is readable again next turn.
 *
 * <p><b>Thread:</b> confined to the loop's thread.
 */
final class ReceiveBuffer implements RecvByteBufAllocator {
    /** A read is never offered less room than this. */
    static final int MIN_READ_BYTES = 16 * 1024;

    private static final int DETACHED_READ_BYTES = 32 * 1024;

    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private final int maxBytes;
    private ByteBuffer memory;
    private ByteBuf channelSide;
    private boolean isAttached;

    /**
     * Makes an empty buffer.
     *
     * @param initialBytes to begin with.
     * @param maxBytes it may grow to.
     */
    ReceiveBuffer(int initialBytes, int maxBytes) {
        this.maxBytes = Math.max(initialBytes, maxBytes);
        wrap(ByteBuffer.allocateDirect(initialBytes));
    }

    /** From now on the channel reads straight into this buffer. */
    void attach() {
        isAttached = true;
    }

    /** Returns whether {@code message} is this buffer, filled by the channel. */
    boolean isSelf(Object message) {
        return message == channelSide;
    }

    /** Returns the memory; the unread bytes are {@link #head()} to {@link #tail()}. */
    UnsafeBuffer view() {
        return view;
    }

    int head() {
        return channelSide.readerIndex();
    }

    int tail() {
        return channelSide.writerIndex();
    }

    int unread() {
        return channelSide.readableBytes();
    }

    /** Passes over bytes that were read. */
    void consume(int bytes) {
        channelSide.readerIndex(channelSide.readerIndex() + bytes);
        if (channelSide.readerIndex() == channelSide.writerIndex()) {
            channelSide.clear();
        }
    }

    /** Returns how many more bytes may come before the buffer is as large as it may be and full. */
    int room() {
        return maxBytes - unread();
    }

    /** Copies decrypted or left-over bytes behind what is there, growing beyond the limit rather than losing one. */
    void append(ByteBuf source) {
        int length = source.readableBytes();
        ensureWritable(length);
        source.readBytes(channelSide, length);
    }

    /** Makes room for {@code bytes} more behind the tail: moves the unread bytes to the front, or grows. */
    void ensureWritable(int bytes) {
        if (channelSide.writableBytes() >= bytes) {
            return;
        }
        int unread = unread();
        int head = head();
        if (view.capacity() - unread >= bytes && (unread <= view.capacity() / 2 || view.capacity() >= maxBytes)) {
            view.putBytes(0, view, head, unread);
            channelSide.setIndex(0, unread);
            return;
        }
        int capacity = view.capacity();
        while (capacity - unread < bytes) {
            capacity *= 2;
        }
        capacity = Math.max(unread + bytes, Math.min(capacity, Math.max(maxBytes, unread + bytes)));
        ByteBuffer old = memory;
        ByteBuf oldChannelSide = channelSide;
        ByteBuffer grown = ByteBuffer.allocateDirect(capacity);
        view.getBytes(head, grown, 0, unread);
        wrap(grown);
        channelSide.setIndex(0, unread);
        oldChannelSide.release();
        BufferUtil.free(old);
    }

    /** Gives the memory back; the buffer must not be used again. */
    void free() {
        view.wrap(0, 0);
        channelSide.release();
        BufferUtil.free(memory);
        memory = null;
    }

    private void wrap(ByteBuffer buffer) {
        memory = buffer;
        view.wrap(buffer);
        channelSide = Unpooled.wrappedBuffer(buffer).clear();
    }

    @Override
    @SuppressWarnings("deprecation") // The interface's own return type.
    public Handle newHandle() {
        return new ReadHandle();
    }

    private final class ReadHandle implements ExtendedHandle {
        private int lastBytesRead;
        private int attemptedBytesRead;

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            if (!isAttached) {
                return allocator.directBuffer(DETACHED_READ_BYTES);
            }
            ensureWritable(MIN_READ_BYTES);
            return channelSide.retain();
        }

        @Override
        public int guess() {
            return DETACHED_READ_BYTES;
        }

        @Override
        public void reset(ChannelConfig config) {
            lastBytesRead = 0;
        }

        @Override
        public void incMessagesRead(int messages) {}

        @Override
        public void lastBytesRead(int bytes) {
            lastBytesRead = bytes;
        }

        @Override
        public int lastBytesRead() {
            return lastBytesRead;
        }

        @Override
        public void attemptedBytesRead(int bytes) {
            attemptedBytesRead = bytes;
        }

        @Override
        public int attemptedBytesRead() {
            return attemptedBytesRead;
        }

        @Override
        public boolean continueReading() {
            return false;
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
            return false;
        }

        @Override
        public void readComplete() {}
    }
}
