package io.millrace.exchange.venue;

import java.util.ArrayList;
import java.util.List;

/**
 * The brackets of a contract, smallest first, without holes.
 *
 * @param brackets in order.
 */
public record BracketTable(List<MarginBracket> brackets) {
    private static final long E8 = 100_000_000L;

    /** Checks that the brackets follow on each other. */
    public BracketTable {
        brackets = List.copyOf(brackets);
        if (brackets.isEmpty() || brackets.get(0).floorE8() != 0) {
            throw new IllegalArgumentException("brackets=" + brackets + " do not begin with a floor of 0");
        }
        for (int i = 1; i < brackets.size(); i++) {
            if (brackets.get(i).floorE8() != brackets.get(i - 1).capE8()) {
                throw new IllegalArgumentException(
                        "bracket " + brackets.get(i) + " does not begin where the one before ends, "
                                + brackets.get(i - 1).capE8());
            }
        }
    }

    /**
     * Makes a table from rows of cap in units of the quote asset, maintenance rate at 1e-8 and highest leverage; floors and
     * the sums that are taken off follow from them.
     *
     * @param rows one for each bracket, caps rising.
     */
    public static BracketTable of(long[]... rows) {
        List<MarginBracket> brackets = new ArrayList<>(rows.length);
        long floor = 0;
        long rateE8 = rows[0][1];
        long cumE8 = 0;
        for (long[] row : rows) {
            // Units x 1e-8 are 1e-8 of the quote asset: exact.
            cumE8 = Math.addExact(cumE8, Math.multiplyExact(floor, row[1] - rateE8));
            rateE8 = row[1];
            brackets.add(new MarginBracket(
                    brackets.size() + 1,
                    Math.toIntExact(row[2]),
                    Math.multiplyExact(floor, E8),
                    Math.multiplyExact(row[0], E8),
                    rateE8,
                    cumE8));
            floor = row[0];
        }
        return new BracketTable(brackets);
    }

    /**
     * Returns the bracket of a position.
     *
     * @param notionalE8 absolute value in 1e-8 of the quote asset, 0 or more; beyond the last cap the last bracket holds.
     */
    public MarginBracket of(long notionalE8) {
        for (MarginBracket bracket : brackets) {
            if (notionalE8 < bracket.capE8()) {
                return bracket;
            }
        }
        return brackets.get(brackets.size() - 1);
    }

    /**
     * Returns the largest notional that a leverage allows.
     *
     * @param leverage 1 or more.
     * @return 1e-8 of the quote asset; 0 if no bracket allows the leverage.
     */
    public long maxNotionalE8(int leverage) {
        long capE8 = 0;
        for (MarginBracket bracket : brackets) {
            if (leverage <= bracket.maxLeverage()) {
                capE8 = bracket.capE8();
            }
        }
        return capE8;
    }

    /** Returns the highest leverage of the contract. */
    public int maxLeverage() {
        return brackets.get(0).maxLeverage();
    }
}
