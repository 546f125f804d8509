package io.millrace.journal.segment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.openhft.chronicle.bytes.MappedBytesStore;
import net.openhft.chronicle.bytes.MappedFile;
import net.openhft.chronicle.core.io.ReferenceOwner;
import net.openhft.posix.PosixAPI;

/**
 * Brings allocated pages of a segment into the writer's own mapping before it gets there, so that its stores fault no page
 * in. Maps the next block ahead of the writer too, and holds it until the writer has passed.
 *
 * <p><b>Thread:</b> under the lock of its {@link SegmentSpace}.
 */
final class PageToucher {
    private static final int PAGE = 4096;
    /** Linux 5.14; makes pages writable without changing them and answers with an error instead of a signal. */
    private static final int MADV_POPULATE_WRITE = 23;

    private final ReferenceOwner owner = ReferenceOwner.temporary("journal-prepare");
    private final List<MappedBytesStore> held = new ArrayList<>();
    private MappedFile mapped;
    private long touched;

    void onMapped(MappedFile newMapped, long position) {
        releaseAll();
        mapped = newMapped;
        touched = position & -PAGE;
    }

    void releaseAll() {
        for (MappedBytesStore store : held) {
            store.release(owner);
        }
        held.clear();
        mapped = null;
    }

    /**
     * Touches some pages, as many as asked for or, as long as half of the way to the limit is touched, none: a step for every page that
     * the writer fills would put the writer's own thread aside each time.
     *
     * @param writerPosition where the writer is.
     * @param limit up to where the file is allocated.
     * @param stepBytes to touch now.
     * @return bytes touched.
     */
    int touch(long writerPosition, long limit, int stepBytes) {
        if (mapped == null) {
            return 0;
        }
        releasePassed(writerPosition);
        touched = Math.max(touched, writerPosition & -PAGE);
        long left = (limit & -PAGE) - touched;
        boolean isFarAhead = touched - writerPosition > (limit - writerPosition) / 2;
        if (left <= 0 || (left < stepBytes && isFarAhead)) {
            return 0;
        }
        long length = Math.min(stepBytes, left);
        MappedBytesStore store = storeOf(touched);
        if (store == null) {
            return 0;
        }
        length = Math.min(length, store.safeLimit() - touched);
        long address = store.addressForWrite(touched);
        if (PosixAPI.posix().madvise(address, length, MADV_POPULATE_WRITE) != 0) {
            for (long at = touched; at < touched + length; at += PAGE) {
                store.compareAndSwapInt(at, 0, 0);
            }
        }
        touched += length;
        return (int) length;
    }

    private void releasePassed(long writerPosition) {
        for (int i = held.size() - 1; i >= 0; i--) {
            if (held.get(i).safeLimit() <= writerPosition) {
                held.remove(i).release(owner);
            }
        }
    }

    private MappedBytesStore storeOf(long position) {
        for (MappedBytesStore store : held) {
            if (store.inside(position)) {
                return store;
            }
        }
        try {
            MappedBytesStore store = mapped.acquireByteStore(owner, position, null);
            held.add(store);
            return store;
        } catch (IOException | IllegalStateException e) {
            // The writer has just left the segment; its next one comes with a mapping of its own.
            mapped = null;
            return null;
        }
    }
}
