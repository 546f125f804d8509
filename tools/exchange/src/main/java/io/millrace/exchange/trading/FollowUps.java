package io.millrace.exchange.trading;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What an event leaves to be done when it is over: prices and positions that somebody has to look at. Each is kept once, in the order in
 * which it came up.
 *
 * <p><b>Thread:</b> the venue's.
 */
final class FollowUps {
    /** An account's position changed. */
    record Changed(int accountId, int symbol, boolean isOffBook) {}

    /** Funding is due. */
    record Funding(int symbol, long rateE8, long markE8) {}

    private final int[] prices;
    private final boolean[] hasPrice;
    private final boolean[] hasMark;
    private int priceCount;
    private List<Changed> positions = new ArrayList<>();
    private List<Funding> fundings = new ArrayList<>();

    FollowUps(int symbols) {
        prices = new int[symbols];
        hasPrice = new boolean[symbols];
        hasMark = new boolean[symbols];
    }

    void onLast(int symbol) {
        if (!hasPrice[symbol]) {
            hasPrice[symbol] = true;
            prices[priceCount++] = symbol;
        }
    }

    void onMark(int symbol) {
        hasMark[symbol] = true;
        onLast(symbol);
    }

    void onFunding(int symbol, long rateE8, long markE8) {
        fundings.add(new Funding(symbol, rateE8, markE8));
    }

    void onPosition(int accountId, int symbol, boolean isOffBook) {
        positions.add(new Changed(accountId, symbol, isOffBook));
    }

    boolean isEmpty() {
        return priceCount == 0 && positions.isEmpty() && fundings.isEmpty();
    }

    /** Takes the contracts with new prices. */
    int[] takePrices() {
        int[] taken = Arrays.copyOf(prices, priceCount);
        for (int symbol : taken) {
            hasPrice[symbol] = false;
        }
        priceCount = 0;
        return taken;
    }

    /** Takes whether a contract's mark price is among its new prices. */
    boolean takeMark(int symbol) {
        boolean isNew = hasMark[symbol];
        hasMark[symbol] = false;
        return isNew;
    }

    List<Changed> takePositions() {
        List<Changed> taken = positions;
        positions = taken.isEmpty() ? taken : new ArrayList<>();
        return taken;
    }

    List<Funding> takeFundings() {
        List<Funding> taken = fundings;
        fundings = taken.isEmpty() ? taken : new ArrayList<>();
        return taken;
    }
}
