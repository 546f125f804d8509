package io.millrace.exchange.market;

import java.util.Arrays;

/**
 * The last rows of a table of numbers. Rows are numbered from 0 on and keep their number; the table grows as rows come, up to
 * a bound, and then the oldest row gives way to the newest.
 *
 * <p><b>Thread:</b> confined to the market's thread. <b>Allocation:</b> only while it grows; {@code 8 x columns} bytes a row.
 */
final class LongRows {
    private static final int FIRST_ROWS = 32;

    private final int columns;
    private final int bound;
    private long[] cells;
    private int capacity;
    private long end;

    LongRows(int columns, int bound) {
        this.columns = columns;
        this.bound = bound;
        this.capacity = Math.min(FIRST_ROWS, bound);
        this.cells = new long[0];
    }

    /** Adds a row of zeros and returns its number. */
    long add() {
        if (cells.length == 0) {
            cells = new long[capacity * columns];
        } else if (end == capacity && capacity < bound) {
            // Nothing has given way yet, so the rows still stand in order.
            capacity = Math.min(bound, capacity * 2);
            cells = Arrays.copyOf(cells, capacity * columns);
        }
        int from = (int) (end % capacity) * columns;
        Arrays.fill(cells, from, from + columns, 0);
        return end++;
    }

    void set(long row, int column, long value) {
        cells[(int) (row % capacity) * columns + column] = value;
    }

    long get(long row, int column) {
        return cells[(int) (row % capacity) * columns + column];
    }

    /** Returns the number of the oldest row that is left. */
    long first() {
        return Math.max(0, end - capacity);
    }

    /** Returns the number of the next row. */
    long end() {
        return end;
    }

    /** Returns the first row whose column, which never falls from row to row, is not below a value; {@link #end()} if none. */
    long lowerBound(int column, long value) {
        long low = first();
        long high = end;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (get(middle, column) < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
