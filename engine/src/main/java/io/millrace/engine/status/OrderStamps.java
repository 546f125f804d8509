package io.millrace.engine.status;

import io.millrace.codecs.port.CommandStamps;
import org.agrona.BitUtil;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The stamps of each order command, from the frame that caused it to the answer: a side table of bounded size, newest rows
 * over oldest. Never journaled, never hashed, out of reach of stages.
 *
 * <p><b>Thread:</b> written by egress's, on which the order link runs too; {@link #snapshot} is for any. <b>Allocation:</b> in
 * the constructor only, and once for each event type, see {@link OrderLatencies}.
 */
public final class OrderStamps implements CommandStamps {
    /** The frame of the causing event had been read. */
    public static final int READ = 0;
    /** The event was encoded. */
    public static final int DECODED = 1;
    /** Its slot was written. */
    public static final int PUBLISHED = 2;
    /** The book stage took it. */
    public static final int STARTED = 3;
    /** The book stage had done. */
    public static final int BOOK = 4;
    /** The strategy stage had done. */
    public static final int STRATEGY = 5;
    /** The risk stage had done: the command stood. */
    public static final int RISK = 6;
    /** The event was in the input journal. */
    public static final int INPUTS = 7;
    /** The command was in the output journal. */
    public static final int OUTPUTS = 8;
    /** Egress offered the command to the gateway. */
    public static final int OFFERED = 9;
    /** The gateway took it up. */
    public static final int TAKEN = 10;
    /** The request stood ready. */
    public static final int ENCODED = 11;
    /** The socket had the request. */
    public static final int WRITTEN = 12;
    /** The frame of the answer had been read. */
    public static final int ANSWERED = 13;
    /** Number of points. */
    public static final int POINTS = 14;

    /** Rows of an engine with an account: the last so many commands. */
    public static final int ROWS = 4096;

    private static final String[] NAMES = {
        "read",
        "decoded",
        "published",
        "started",
        "book",
        "strategy",
        "risk",
        "inputs",
        "outputs",
        "offered",
        "taken",
        "encoded",
        "written",
        "answered"
    };

    // Words of a row.
    private static final int VERSION = 0;
    private static final int COMMAND_ID = 1;
    private static final int TEMPLATES = 2;
    private static final int INSTRUMENT = 3;
    private static final int CAUSE_SEQUENCE = 4;
    private static final int FIRST_STAMP = 5;
    private static final int ROW_WORDS = 24;

    private static final int NO_ROW = -1;

    private final int rows;
    private final UnsafeBuffer table;
    private final Long2LongHashMap rowOf;
    private final OrderLatencies latencies = new OrderLatencies();
    private int next;
    private int open = NO_ROW;

    /** One command's stamps are read out. */
    @FunctionalInterface
    public interface RowHandler {
        /**
         * Takes a row; both arrays are used again.
         *
         * @param row identity of the command.
         * @param stampsNs by point, ingress time, 0 for none.
         */
        void onRow(Row row, long[] stampsNs);
    }

    /**
     * Identity of a command.
     *
     * @param commandId its id.
     * @param commandTemplateId its type.
     * @param instrumentId -1 for none.
     * @param causeSequence journal sequence of the event that caused it.
     * @param causeTemplateId that event's type.
     */
    public record Row(
            long commandId, int commandTemplateId, int instrumentId, long causeSequence, int causeTemplateId) {}

    /**
     * Makes an empty table.
     *
     * @param rows a power of two, or 0 for a table that takes nothing.
     */
    public OrderStamps(int rows) {
        this.rows = rows;
        this.table = new UnsafeBuffer(new byte[rows * ROW_WORDS * Long.BYTES]);
        // Never more than half full: it does not grow.
        this.rowOf = new Long2LongHashMap(BitUtil.findNextPositivePowerOfTwo(Math.max(8, 4 * rows)), 0.65f, NO_ROW);
    }

    /** Returns whether the table takes anything. */
    public boolean isOn() {
        return rows > 0;
    }

    /** Returns the name of a point as dumps show it. */
    public static String name(int point) {
        return NAMES[point];
    }

    /** Returns the latencies of the commands that are over. */
    public OrderLatencies latencies() {
        return latencies;
    }

    /**
     * Begins a row over the oldest; {@link #put} fills and {@link #end} closes it.
     *
     * @param commandId of the command.
     * @param templates type of the command and type of its cause, see {@link #templates}.
     * @param instrumentId of the command.
     * @param causeSequence journal sequence of its cause.
     */
    public void begin(long commandId, long templates, int instrumentId, long causeSequence) {
        int row = next & (rows - 1);
        if (next >= rows && rowOf.get(get(row, COMMAND_ID)) == row) {
            rowOf.remove(get(row, COMMAND_ID));
        }
        next = next + 1 == 2 * rows ? rows : next + 1;
        openRow(row);
        put(row, COMMAND_ID, commandId);
        put(row, TEMPLATES, templates);
        put(row, INSTRUMENT, instrumentId);
        put(row, CAUSE_SEQUENCE, causeSequence);
        for (int point = 0; point < POINTS; point++) {
            put(row, FIRST_STAMP + point, StageStamps.MISSING);
        }
        rowOf.put(commandId, row);
    }

    /** Returns both types as {@link #begin} takes them. */
    public static long templates(int commandTemplateId, int causeTemplateId) {
        return ((long) commandTemplateId << Integer.SIZE) | causeTemplateId;
    }

    /** Puts a stamp into the open row. */
    public void put(int point, long ns) {
        put(open, FIRST_STAMP + point, ns);
    }

    /** Closes the open row: readers may see it. */
    public void end() {
        table.putLongRelease(at(open, VERSION), get(open, VERSION) + 1);
        open = NO_ROW;
    }

    @Override
    public void done(long commandId, long takenNs, long encodedNs, long writtenNs, long answeredNs) {
        int row = (int) rowOf.remove(commandId);
        if (row == NO_ROW) {
            return;
        }
        openRow(row);
        put(TAKEN, takenNs);
        put(ENCODED, encodedNs);
        put(WRITTEN, writtenNs);
        put(ANSWERED, answeredNs);
        end();
        latencies.record((int) get(row, TEMPLATES), this, row);
    }

    /** Returns a stamp of a row; for the writing thread. */
    long stampNs(int row, int point) {
        return get(row, FIRST_STAMP + point);
    }

    /**
     * Hands over the rows, oldest first; for any thread. A row that is written meanwhile is left out.
     *
     * @param handler takes them.
     */
    public void snapshot(RowHandler handler) {
        long[] words = new long[ROW_WORDS];
        long[] stampsNs = new long[POINTS];
        int first = oldest();
        for (int i = 0; i < rows; i++) {
            if (copy((first + i) & (rows - 1), words)) {
                System.arraycopy(words, FIRST_STAMP, stampsNs, 0, POINTS);
                Row row = new Row(
                        words[COMMAND_ID],
                        (int) (words[TEMPLATES] >>> Integer.SIZE),
                        (int) words[INSTRUMENT],
                        words[CAUSE_SEQUENCE],
                        (int) words[TEMPLATES]);
                handler.onRow(row, stampsNs);
            }
        }
    }

    /** The row with the least command id: ids follow the sequence. */
    private int oldest() {
        int oldest = 0;
        long least = Long.MAX_VALUE;
        for (int row = 0; row < rows; row++) {
            long id = get(row, COMMAND_ID);
            if (table.getLongVolatile(at(row, VERSION)) > 0 && id < least) {
                least = id;
                oldest = row;
            }
        }
        return oldest;
    }

    private boolean copy(int row, long[] words) {
        long version = table.getLongVolatile(at(row, VERSION));
        if (version == 0 || (version & 1) != 0) {
            return false;
        }
        for (int word = 1; word < ROW_WORDS; word++) {
            words[word] = get(row, word);
        }
        java.lang.invoke.VarHandle.loadLoadFence();
        return table.getLongVolatile(at(row, VERSION)) == version;
    }

    private void openRow(int row) {
        open = row;
        table.putLong(at(row, VERSION), get(row, VERSION) + 1);
        java.lang.invoke.VarHandle.storeStoreFence();
    }

    private long get(int row, int word) {
        return table.getLong(at(row, word));
    }

    private void put(int row, int word, long value) {
        table.putLong(at(row, word), value);
    }

    private static int at(int row, int word) {
        return (row * ROW_WORDS + word) * Long.BYTES;
    }
}
