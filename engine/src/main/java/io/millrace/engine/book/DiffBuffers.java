package io.millrace.engine.book;

import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** The blocks in which diffs wait for a snapshot, shared by all instruments of a stage. Allocated once. */
final class DiffBuffers {
    /** Result of {@link Chain#append}: taken. */
    static final int OK = 0;
    /** Result of {@link Chain#append}: the instrument has used what it may use. */
    static final int TOO_MUCH = -1;
    /** Result of {@link Chain#append}: no block is free. */
    static final int EXHAUSTED = -2;

    private static final int NO_BLOCK = -1;
    private static final int RECORD_HEADER = Long.BYTES;

    private final UnsafeBuffer blocks;
    private final int blockBytes;
    private final int maxBytesPerChain;
    private final int[] next;
    private final int[] used;
    private int firstFree;
    private int freeCount;

    /**
     * Allocates the blocks.
     *
     * @param settings sizes.
     */
    DiffBuffers(BookSettings.Buffer settings) {
        blockBytes = settings.blockBytes();
        maxBytesPerChain = settings.maxBytesPerInstrument();
        int count = settings.poolBytes() / blockBytes;
        blocks = new UnsafeBuffer(BufferUtil.allocateDirectAligned(settings.poolBytes(), BitUtil.CACHE_LINE_LENGTH));
        next = new int[count];
        used = new int[count];
        Arrays.setAll(next, i -> i + 1 < count ? i + 1 : NO_BLOCK);
        freeCount = count;
    }

    /** Returns the longest message that fits. */
    int maxMessageLength() {
        return blockBytes - RECORD_HEADER;
    }

    /** Returns the number of free blocks. */
    int freeBlocks() {
        return freeCount;
    }

    /** Returns the buffer that {@link Chain#offset} points into. */
    UnsafeBuffer buffer() {
        return blocks;
    }

    /** Messages of one instrument, in the order they came. */
    final class Chain {
        private int head = NO_BLOCK;
        private int tail = NO_BLOCK;
        private int bytes;
        private int messages;
        private long hash;
        private int readBlock;
        private int readAt;
        private int offset;
        private int length;

        /** Appends a message; see the results above. */
        int append(UnsafeBuffer source, int sourceOffset, int sourceLength) {
            int needed = RECORD_HEADER + BitUtil.align(sourceLength, Long.BYTES);
            if (bytes + needed > maxBytesPerChain || needed > blockBytes) {
                return TOO_MUCH;
            }
            if ((tail == NO_BLOCK || used[tail] + needed > blockBytes) && !extend()) {
                return EXHAUSTED;
            }
            int at = tail * blockBytes + used[tail];
            blocks.putLong(at, sourceLength);
            blocks.putBytes(at + RECORD_HEADER, source, sourceOffset, sourceLength);
            used[tail] += needed;
            bytes += needed;
            messages++;
            hash = Mix.fold(hash, Mix.bytes(source, sourceOffset, sourceLength));
            return OK;
        }

        /** Gives all blocks back. */
        void clear() {
            if (head != NO_BLOCK) {
                int block = head;
                int count = 1;
                while (block != tail) {
                    block = next[block];
                    count++;
                }
                next[tail] = firstFree;
                firstFree = head;
                freeCount += count;
                head = NO_BLOCK;
                tail = NO_BLOCK;
            }
            bytes = 0;
            messages = 0;
            hash = 0;
        }

        /** Returns the number of messages. */
        int messages() {
            return messages;
        }

        /** Returns the bytes in use. */
        int bytes() {
            return bytes;
        }

        /** Returns the hash of the messages in their order. */
        long hash() {
            return hash;
        }

        /** Goes in front of the first message. */
        void rewind() {
            readBlock = head;
            readAt = 0;
        }

        /** Moves to the next message, if there is one. */
        boolean advance() {
            while (readBlock != NO_BLOCK && readAt == used[readBlock]) {
                readBlock = readBlock == tail ? NO_BLOCK : next[readBlock];
                readAt = 0;
            }
            if (readBlock == NO_BLOCK) {
                return false;
            }
            int at = readBlock * blockBytes + readAt;
            offset = at + RECORD_HEADER;
            length = (int) blocks.getLong(at);
            readAt += RECORD_HEADER + BitUtil.align(length, Long.BYTES);
            return true;
        }

        /** Returns where the message begins that {@link #advance} moved to. */
        int offset() {
            return offset;
        }

        /** Returns its length in bytes. */
        int length() {
            return length;
        }

        private boolean extend() {
            int block = firstFree;
            if (block == NO_BLOCK) {
                return false;
            }
            firstFree = next[block];
            freeCount--;
            used[block] = 0;
            next[block] = NO_BLOCK;
            if (tail == NO_BLOCK) {
                head = block;
            } else {
                next[tail] = block;
            }
            tail = block;
            return true;
        }
    }
}
